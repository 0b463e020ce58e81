package chat.talk.http.internal;

import chat.talk.http.HttpHandler;
import chat.talk.http.UploadHandler;
import chat.talk.http.WebSocketHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** Finds what is served at a path. */
public final class Router {
  private final Map<String, Resource> fixed;
  private final List<Resource> templates;
  private final List<Supplier<CompletableFuture<Void>>> lastWords;
  private final Supplier<Duration> grace;

  private Router(
      Map<String, Resource> fixed,
      List<Resource> templates,
      List<Supplier<CompletableFuture<Void>>> lastWords,
      Supplier<Duration> grace) {
    this.fixed = fixed;
    this.templates = templates;
    this.lastWords = lastWords;
    this.grace = grace;
  }

  /** Completes when clients have asked for all that they still should; fails after a while. */
  CompletableFuture<Void> lastWords() {
    return CompletableFuture.allOf(
            lastWords.stream().map(Supplier::get).toArray(CompletableFuture[]::new))
        .orTimeout(grace.get().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is served at a path, and what stands there for the pattern's names, still encoded. */
  record Match(Resource resource, Map<String, String> encodedParameters) {}

  @Nullable
  Match find(String path) {
    Resource resource = fixed.get(path);
    return resource != null ? new Match(resource, Map.of()) : findTemplate(path);
  }

  private @Nullable Match findTemplate(String path) {
    for (Resource resource : templates) {
      Map<String, String> parameters = resource.pattern.match(path);
      if (parameters != null) {
        return new Match(resource, parameters);
      }
    }
    return null;
  }

  /** Collects what is to be served. */
  public static final class Builder {
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, HttpHandler> unlessServed = new LinkedHashMap<>();
    private final List<Supplier<CompletableFuture<Void>>> lastWords = new ArrayList<>();
    private Supplier<Duration> grace = () -> NettyServer.GRACE;

    public void add(String method, String pattern, int maxBody, HttpHandler handler) {
      at(pattern).add(method, new Route(maxBody, handler, null));
    }

    public void addUpload(String method, String pattern, long maxBody, UploadHandler handler) {
      at(pattern).add(method, new Route(maxBody, null, handler));
    }

    public void addWebSocket(String pattern, int maxMessage, Supplier<WebSocketHandler> handlers) {
      at(pattern).add(new WebSocketRoute(maxMessage, handlers));
    }

    /** Answers GET at a path, unless something is served there. */
    public void addUnlessServed(String path, HttpHandler handler) {
      unlessServed.put(path, handler);
    }

    public void addLastWords(Supplier<CompletableFuture<Void>> said) {
      lastWords.add(said);
    }

    /** For how long at most last words are waited for. */
    public void setGrace(Supplier<Duration> duration) {
      grace = duration;
    }

    private Resource at(String pattern) {
      return resources.computeIfAbsent(pattern, Resource::new);
    }

    public Router build() {
      unlessServed.keySet().removeAll(resources.keySet());
      unlessServed.forEach((path, handler) -> add("GET", path, 0, handler));
      Map<String, Resource> fixed = new LinkedHashMap<>(resources);
      fixed.values().removeIf(resource -> resource.pattern.isTemplate());
      List<Resource> templates =
          resources.values().stream().filter(resource -> resource.pattern.isTemplate()).toList();
      return new Router(fixed, templates, List.copyOf(lastWords), grace);
    }
  }
}

package chat.talk.http.internal.hub;

import chat.talk.ChatException.Code;
import chat.talk.http.HttpHandler;
import chat.talk.http.HttpResponse;
import chat.talk.http.HttpSettings;
import chat.talk.http.UploadHandler;
import chat.talk.http.internal.ErrorStatus;
import chat.talk.http.internal.json.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * One thing that the API can be asked for: all that the server, and the documents, have to know.
 *
 * @param method such as GET
 * @param path with the names of parameters in braces
 * @param says what it does, in a sentence
 * @param query which parameters there may be in the query
 * @param body what is asked, null when nothing
 * @param successes what it may come to
 * @param isSilent whether it may end well with nothing to say
 * @param failures the statuses of what may go wrong, besides what may happen to any request
 * @param isOpen whether anybody may ask, without a token
 * @param isRaw whether the action reads the body by itself
 * @param maxBody the most bytes of a body
 * @param action does it; null when it is an upload
 * @param upload takes the body as it comes, of any type and size; null when an action does it
 */
record RestRoute(
    String method,
    String path,
    String says,
    List<Parameter> query,
    @Nullable Form<?> body,
    List<Success> successes,
    boolean isSilent,
    Set<Integer> failures,
    boolean isOpen,
    boolean isRaw,
    int maxBody,
    @Nullable Action<Object> action,
    @Nullable UploadHandler upload) {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final String JSON = "application/json";

  /** Does what is asked. */
  @FunctionalInterface
  interface Action<B> {
    CompletableFuture<?> run(RestCall<B> call);
  }

  /**
   * One of the ways in which it may end well.
   *
   * @param type of what comes back
   * @param location where what was made is found from now on, null when nothing was made
   */
  record Success(
      int status,
      String mediaType,
      Class<?> type,
      Form<?> form,
      @Nullable Function<Object, String> location) {
    private static Success of(int status, Class<?> type, Form<?> form) {
      return new Success(status, JSON, type, form, null);
    }
  }

  /** The parameters in the path. */
  List<Parameter> inPath() {
    return NAME.matcher(path)
        .results()
        .map((MatchResult name) -> Parameter.named(name.group(1)))
        .toList();
  }

  /** All statuses of its own that it may fail with. */
  Set<Integer> allFailures() {
    Set<Integer> all = new TreeSet<>(failures);
    boolean mayBeInvalid =
        body != null || !query.isEmpty() || inPath().stream().anyMatch(Parameter::mayBeInvalid);
    if (mayBeInvalid) {
      all.add(ErrorStatus.of(Code.INVALID));
    }
    if (!isOpen) {
      all.add(ErrorStatus.of(Code.UNAUTHENTICATED));
    }
    if (body != null) {
      all.add(ErrorStatus.of(Code.TOO_LARGE));
      all.add(UNSUPPORTED_MEDIA_TYPE);
    }
    return all;
  }

  static Draft<Void> get(String path, String says) {
    return new Draft<>("GET", path, says);
  }

  static Draft<Void> post(String path, String says) {
    return new Draft<>("POST", path, says);
  }

  static Draft<Void> put(String path, String says) {
    return new Draft<>("PUT", path, says);
  }

  static Draft<Void> patch(String path, String says) {
    return new Draft<>("PATCH", path, says);
  }

  static Draft<Void> delete(String path, String says) {
    return new Draft<>("DELETE", path, says);
  }

  /**
   * A route that is being described.
   *
   * @param <B> what its body says
   */
  static final class Draft<B> {
    private final String method;
    private final String path;
    private final String says;
    private List<Parameter> query = List.of();
    private @Nullable Form<?> body;
    private final List<Success> successes = new ArrayList<>();
    private boolean maySayNothing;
    private final Set<Integer> failures = new TreeSet<>();
    private boolean isOpen;
    private boolean isRaw;
    private int maxBody;

    private Draft(String method, String path, String says) {
      this.method = method;
      this.path = path;
      this.says = says;
    }

    Draft<B> open() {
      isOpen = true;
      return this;
    }

    Draft<B> query(String... names) {
      return query(Stream.of(names).map(Parameter::named).toList());
    }

    Draft<B> query(List<Parameter> parameters) {
      query = parameters;
      return this;
    }

    <T> Draft<T> takes(Class<T> type) {
      return takes(Form.of(type));
    }

    @SuppressWarnings("unchecked")
    <T> Draft<T> takes(Form<T> form) {
      body = form;
      maxBody = HttpSettings.DEFAULT_MAX_MESSAGE;
      return (Draft<T>) this;
    }

    Draft<B> gives(Class<?> type) {
      return gives(200, type);
    }

    Draft<B> gives(int status, Class<?> type) {
      successes.add(Success.of(status, type, Form.of(type)));
      return this;
    }

    /** The action may give null instead. */
    Draft<B> orNothing() {
      maySayNothing = true;
      return this;
    }

    /** The action makes the whole answer itself, of this form. */
    Draft<B> givesRaw(int status, String mediaType, Form<?> form) {
      successes.add(new Success(status, mediaType, HttpResponse.class, form, null));
      return this;
    }

    /** The action reads the body by itself, and may make the whole answer. */
    RestRoute raw(HttpHandler handler) {
      isRaw = true;
      return by(call -> handler.handle(call.request()));
    }

    Draft<B> maxBody(int bytes) {
      maxBody = bytes;
      return this;
    }

    Draft<B> givesList(Class<?> element) {
      successes.add(Success.of(200, List.class, Form.list(element)));
      return this;
    }

    <T> Draft<B> makes(Class<T> type, Function<T, String> location) {
      return makes(201, type, location);
    }

    <T> Draft<B> makes(int status, Class<T> type, Function<T, String> location) {
      successes.add(
          new Success(
              status, JSON, type, Form.of(type), value -> location.apply(type.cast(value))));
      return this;
    }

    Draft<B> fails(Code... codes) {
      Arrays.stream(codes).map(ErrorStatus::of).forEach(failures::add);
      return this;
    }

    /** It may fail in a way for which HTTP has a status, and Talk no code. */
    Draft<B> failsWith(int status) {
      failures.add(status);
      return this;
    }

    RestRoute by(Action<B> action) {
      return made(action, null);
    }

    /** Takes a body of any type as it comes. */
    RestRoute uploads(UploadHandler handler) {
      return made(null, handler);
    }

    @SuppressWarnings("unchecked")
    private RestRoute made(@Nullable Action<B> action, @Nullable UploadHandler upload) {
      return new RestRoute(
          method,
          path,
          says,
          query,
          body,
          List.copyOf(successes),
          maySayNothing || successes.isEmpty(),
          Set.copyOf(failures),
          isOpen,
          isRaw,
          maxBody,
          (Action<Object>) (Action<?>) action,
          upload);
    }
  }
}

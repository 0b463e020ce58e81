package chat.talk.http.internal;

import chat.talk.http.RequestObserver;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each answered request what may be known of it: never the path itself, which may hold the
 * secret of a link.
 */
final class AccessLog {
  private static final Set<HttpMethod> KNOWN =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.OPTIONS,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE);

  private final Logger logger;
  private final RequestObserver observer;

  AccessLog(RequestObserver observer) {
    this(LoggerFactory.getLogger("chat.talk.http.access"), observer);
  }

  AccessLog(Logger logger, RequestObserver observer) {
    this.logger = logger;
    this.observer = observer;
  }

  /** A method by a name of which there are only so many. */
  static String name(HttpMethod method) {
    return KNOWN.contains(method) ? method.name() : "OTHER";
  }

  void note(RequestObserver.Answered request, Client client) {
    if (logger.isInfoEnabled()) {
      logger
          .atInfo()
          .addKeyValue("method", request.method())
          .addKeyValue("route", request.route())
          .addKeyValue("status", request.status())
          .addKeyValue("bytes", request.bytes())
          .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(request.nanos()))
          .addKeyValue("remote", client.shownAddress())
          .log("answered");
    }
    observe(request);
  }

  private void observe(RequestObserver.Answered request) {
    try {
      observer.answered(request);
    } catch (RuntimeException | Error e) {
      logger.error("the observer of requests failed", e);
    }
  }
}

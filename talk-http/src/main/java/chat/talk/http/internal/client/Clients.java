package chat.talk.http.internal.client;

import chat.talk.http.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;

/** Makes OkHttp clients that do nothing on their own: no redirects, no retries, no cache. */
final class Clients {
  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private Clients() {}

  /**
   * A client.
   *
   * @param tls whether it speaks HTTPS; loading whom to trust takes a while
   * @param atOnce how many calls and WebSockets run at once, each on a thread of its own
   */
  static OkHttpClient create(HttpSettings settings, boolean tls, int atOnce) {
    Dispatcher dispatcher = new Dispatcher(threads());
    dispatcher.setMaxRequests(atOnce);
    dispatcher.setMaxRequestsPerHost(atOnce);
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .eventListenerFactory(Clients::listener)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.answerTimeout())
            .writeTimeout(settings.answerTimeout())
            .callTimeout(settings.connectTimeout().plus(settings.answerTimeout()))
            .webSocketCloseTimeout(CLOSE_TIMEOUT);
    return tls ? secure(client.build(), settings) : client.build();
  }

  /** The same client, its threads and connections included, that speaks HTTPS only. */
  static OkHttpClient secure(OkHttpClient client, HttpSettings settings) {
    X509TrustManager manager = Trust.manager(settings.trusted());
    return client
        .newBuilder()
        .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
        .sslSocketFactory(Trust.sockets(manager), manager)
        .build();
  }

  /**
   * The same client, its threads included, with connections of its own.
   *
   * @param idle how many connections without work are kept
   * @param keepAlive for how long; less than servers allow, so that a call doesn't find its
   *     connection just closed
   */
  static OkHttpClient apart(OkHttpClient client, int idle, Duration keepAlive) {
    ConnectionPool own = new ConnectionPool(idle, keepAlive.toMillis(), TimeUnit.MILLISECONDS);
    return client.newBuilder().connectionPool(own).build();
  }

  private static ThreadPoolExecutor threads() {
    ThreadFactory daemons =
        task -> {
          Thread thread = new Thread(task, "talk-http-client-" + THREADS.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons);
  }

  private static EventListener listener(okhttp3.Call call) {
    EventListener tagged = call.request().tag(EventListener.class);
    return tagged == null ? EventListener.NONE : tagged;
  }
}

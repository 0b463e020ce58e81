package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import chat.talk.http.internal.client.HealthClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks addresses whether they are well: {@code GET /v1/health} must answer 200 and {@code
 * {"status":"ok"}} in at most 4 KiB. Follows no redirects and keeps no connection. Thousands of
 * checks may be under way, of which a bounded number is carried out at once, all by one thread.
 */
public final class HttpHealth implements AutoCloseable {
  private final HealthClient client;

  /**
   * A checker that trusts whom the JDK trusts.
   *
   * @param maxParallel how many checks are carried out at once, at least 1; the others wait
   * @param timeout how long one may take in all, name look-up included, without its waits for
   *     others
   * @throws ChatException with {@link ChatException.Code#INVALID} when either isn't positive
   */
  public HttpHealth(int maxParallel, Duration timeout) {
    this(maxParallel, timeout, HttpSettings.defaults());
  }

  /**
   * A checker.
   *
   * @param maxParallel how many checks are carried out at once, at least 1; the others wait
   * @param timeout how long one may take in all, name look-up included, without its waits for
   *     others
   * @param settings whom to trust
   * @throws ChatException with {@link ChatException.Code#INVALID} when either isn't positive
   */
  public HttpHealth(int maxParallel, Duration timeout, HttpSettings settings) {
    if (maxParallel < 1 || timeout.toMillis() < 1) {
      throw new ChatException(
          ChatException.Code.INVALID, "maxParallel and timeout are positive numbers");
    }
    this.client = new HealthClient(maxParallel, timeout, settings.trusted());
  }

  /**
   * Asks an address; over TLS when its protocol is {@code HTTPS} or {@code WSS}.
   *
   * @param address whom to ask
   * @return whether he is well: false when he says otherwise, says nothing in time or cannot be
   *     asked, also because this checker is closed. Never fails. Completes on the checker's thread,
   *     which must not be held up
   */
  public CompletableFuture<Boolean> check(UserAddress address) {
    return client.check(address);
  }

  /** Stops; what is under way answers false. Bounded in time; twice does nothing. */
  @Override
  public void close() {
    client.close();
  }
}

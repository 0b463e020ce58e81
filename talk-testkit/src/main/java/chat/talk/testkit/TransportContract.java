package chat.talk.testkit;

import chat.talk.Transport;

/**
 * What every {@link Transport} has to hold, alone and under the clients that use it: delivery,
 * order per sender, retries that do not double, listeners that throw or block, peers that vanish,
 * come back or were never there, closing at any moment, and no thread left.
 *
 * <pre>{@code
 * final class MyTransportTest extends TransportContract {
 *   @Override
 *   protected Transport transport() {
 *     return new MyTransport();
 *   }
 * }
 * }</pre>
 */
public abstract class TransportContract extends TransportThreadsContract {
  /** For subclasses. */
  protected TransportContract() {}

  /**
   * Makes the transport under test. It must be able to listen at the host {@code 127.0.0.1}.
   *
   * @return a new one at each call
   */
  protected abstract Transport transport();

  /** Releases what the transports needed, after each test; does nothing unless overridden. */
  @Override
  protected void close() {}

  @Override
  final Transport makeTransport() {
    return transport();
  }

  /**
   * Whether a thread belongs to the JVM rather than to what was closed, so that it may outlive it:
   * such as a timer that a library shares. Whatever this names is not looked at.
   *
   * @param thread a thread that was not there before
   * @return false unless overridden
   */
  @Override
  protected boolean isSharedThread(Thread thread) {
    return false;
  }
}

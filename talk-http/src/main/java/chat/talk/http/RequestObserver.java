package chat.talk.http;

/** Is told of each request that was answered, or begun to be, for metrics. */
@FunctionalInterface
public interface RequestObserver {
  /** Looks away. */
  RequestObserver NONE = request -> {};

  /**
   * A request has been answered. Called on an I/O thread, so it must not block.
   *
   * @param request what there is to know
   */
  void answered(Answered request);

  /**
   * A request and how it was answered.
   *
   * @param method the method; {@code OTHER} when it is not one of HTTP's own
   * @param route the pattern of the route, {@code -} when there was none
   * @param status the status; 101 when it became a WebSocket
   * @param bytes how many bytes of body went out
   * @param nanos how long it took from the end of the head until the answer had gone out or broken
   *     off
   */
  record Answered(String method, String route, int status, long bytes, long nanos) {}
}

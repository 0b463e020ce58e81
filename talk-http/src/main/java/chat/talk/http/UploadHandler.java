package chat.talk.http;

/** Takes in the bodies of one route as they come, so that they may be of any size. */
@FunctionalInterface
public interface UploadHandler {
  /**
   * A request has begun. Called on an I/O thread, so it must not block.
   *
   * @param head the request; its body is empty, whatever will come
   * @return takes the body
   * @throws chat.talk.ChatException when the request is refused: it becomes the answer
   */
  BodySink open(HttpRequest head);
}

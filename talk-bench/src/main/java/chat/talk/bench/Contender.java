package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/**
 * A server that is measured: how it is started, and how its clients speak. For any thread; what
 * belongs to one connection is in its {@link Conversation}.
 */
interface Contender {
  /** The room in which everybody is who connects. */
  String GENERAL = "general";

  /** Stands for the request's number in what sends a text, which has as many digits. */
  String FIRST_REQUEST = "10000000";

  /** What the command line calls it: one word in lower case. */
  String name();

  /** What tables and pictures call it. */
  String title();

  /** Why it can't be measured here, such as that it isn't installed; null when it can. */
  default @Nullable String obstacle() {
    return null;
  }

  /** Whether a row, such as {@code A}, makes sense for it. */
  default boolean takesPartIn(String row) {
    return true;
  }

  /** Whether it is as fast as it will ever be as soon as it runs. */
  default boolean isCompiledAtFirst() {
    return false;
  }

  /** Deliveries a second that it keeps up with; rows with a rate of their own ask for no more. */
  default double mostDeliveries() {
    return Double.MAX_VALUE;
  }

  /** Whether all readers of a room are to get the messages of several senders in one order. */
  default boolean hasOneOrder() {
    return true;
  }

  /**
   * Starts a server on the first core.
   *
   * @param folder an empty one, where it may keep its data; removed afterwards
   * @param jvmOptions for a server in Java
   */
  ServerProcess start(Path folder, List<String> jvmOptions) throws IOException;

  /**
   * What one connection is to say and to understand.
   *
   * @param marks looks for messages in what comes, and tells the client of them
   * @param user a number that only this connection has
   * @param room where the client wants to be
   */
  Conversation converse(Conversation.Client client, MarkScanner marks, int user, String room);

  /** What sends a text into a room; the text stands in it as it is. */
  byte[] send(String room, String text);

  /** What makes a room and lets others in; each is answered. */
  default List<byte[]> make(String room, List<Integer> guests) {
    return List.of();
  }

  /** By which somebody who was let in comes in; each is answered. */
  default List<byte[]> enter(String room) {
    return List.of();
  }
}

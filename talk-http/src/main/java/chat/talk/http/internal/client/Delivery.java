package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.MessageId;
import chat.talk.UserAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import okio.ByteString;
import org.jetbrains.annotations.Nullable;

/** A message on its way, and what its sender waits for. */
final class Delivery {
  private final MessageId id;
  private final ByteString json;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  Delivery(MessageId id, ByteString json) {
    this.id = id;
    this.json = json;
  }

  MessageId id() {
    return id;
  }

  ByteString json() {
    return json;
  }

  CompletableFuture<Void> done() {
    return done;
  }

  /** Tells the sender, unless he has been told; not to be called with a lock held. */
  void complete(@Nullable ChatException failure) {
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  /** Takes out all that wait, in their order, the one in front first. */
  static List<Delivery> drain(@Nullable Delivery first, Queue<Delivery> waiting) {
    List<Delivery> all = new ArrayList<>();
    if (first != null) {
      all.add(first);
    }
    all.addAll(waiting);
    waiting.clear();
    return all;
  }

  /** Whether a connection is of no more use after this. */
  static boolean isSpentBy(ChatException failure) {
    return switch (failure.code()) {
      case UNREACHABLE, TIMED_OUT, BAD_ANSWER -> true;
      default -> false;
    };
  }

  static ChatException tooLarge(int size, int most) {
    return new ChatException(
        ChatException.Code.TOO_LARGE,
        "the message is " + size + " bytes of JSON, and at most " + most + " are sent");
  }

  static ChatException noHost(UserAddress address) {
    return new ChatException(
        ChatException.Code.UNREACHABLE, address + " cannot be reached: not the name of a host");
  }

  static ChatException brokenBefore(UserAddress address, ChatException reason) {
    return new ChatException(
        ChatException.Code.UNREACHABLE,
        "the connection to " + address + " broke before: " + reason.getMessage(),
        reason);
  }

  static ChatException closed(UserAddress address) {
    return new ChatException(
        ChatException.Code.CLOSED, "the connection to " + address + " is closed");
  }
}

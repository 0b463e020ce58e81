package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * Where a client keeps what it was asked for until the hub has answered; {@link
 * HubClientBuilder#outbox} takes one. In memory, that ends with the client. In a file, it outlives
 * the application: the next client over the same file asks for what is left, in the old order and
 * with the same ids, before anything new. As the hub answers what it knows already with the first
 * result, nothing is doubled.
 *
 * <pre>{@code
 * Outbox outbox = Outbox.file(folder.resolve("outbox"));
 * HubClient alice = HubClient.join(hub, token).outbox(outbox).listener(listener).open();
 * alice.send("bob", "I am on a train"); // Arrives some time, even if this program ends before.
 * }</pre>
 *
 * <p>All methods may be called by any thread.
 */
public abstract sealed class Outbox permits InMemoryOutbox, FileOutbox {
  /** The most bytes that wait in a file: 256 MiB. */
  public static final long MAX_BYTES = 256L << 20;

  Outbox() {}

  /**
   * Keeps messages until the client is closed; what a client has unless told otherwise.
   *
   * @return an outbox that any number of clients may use
   */
  public static Outbox inMemory() {
    return InMemoryOutbox.INSTANCE;
  }

  /**
   * Keeps {@link Command.Send}, {@link Command.Schedule}, {@link Command.Edit} and {@link
   * Command.Erase} in a file until the hub has answered them; anything else is kept in memory. All
   * of these four wait for an answer for as long as it takes.
   *
   * <p>What is asked for goes to the hub when the disk has it ({@link #saved()}). It fails with
   * {@link Code#STORAGE} when it can't be written, with {@link Code#TOO_LARGE} or {@link
   * Code#OVERLOADED} when it is, or with all that waits would be, more than {@link #MAX_BYTES}:
   * then nothing is kept. An answer of the hub, a refusal too, ends the keeping, and the future
   * tells it. When the client is closed before, futures fail with {@link Code#CLOSED}, and the file
   * keeps what they were for.
   *
   * <p>For what was left by an earlier client there is no future any more. The user's own message
   * comes to the listener as any other; what is refused for good is told by a {@link
   * chat.talk.Notice.NotSent}; what may succeed later ({@link ChatException#isRetryable()}) is
   * asked again.
   *
   * <p>The file belongs to the device whose {@link Token} was used first, and so to one user of one
   * hub. The client's {@code open()} and {@code start()} refuse with {@link Code#CONFLICT} the file
   * of another device, and one that is in use by another client, of this process or another; with
   * {@link Code#STORAGE}, one that can't be read or is damaged. A last record that was only half
   * written when the process ended is dropped: it was never taken in. Besides the file there is
   * another of the same name with {@code .lock} behind it, and at times one with {@code .new}.
   *
   * @param file where; made when it isn't there, in a folder that is
   * @return an outbox for one client at a time
   */
  public static Outbox file(Path file) {
    return new FileOutbox(file, MAX_BYTES);
  }

  /**
   * What is kept in a file and wasn't answered yet, say, to show it to the user, or to bring it to
   * another device. An outbox in memory tells nothing. Reads the file when no client has it open.
   *
   * @return the oldest first
   * @throws ChatException with {@link Code#STORAGE} when the file can't be read or is damaged
   */
  public abstract List<Command<?>> waiting();

  /**
   * Tells when the outbox has taken in what a client was asked for before this call: from then on,
   * it survives the end of the process, and of the machine's power.
   *
   * @return completes then, on a thread of the outbox that must not be held up; never fails: what
   *     couldn't be written has failed by itself
   */
  public abstract CompletableFuture<Void> saved();

  /**
   * Begins the life of a client.
   *
   * @return what is left to ask for, in this order
   */
  abstract List<Kept> open(Login login);

  /** Whether it stays until there is an answer. */
  abstract boolean keeps(Command<?> command);

  /** Takes something in, in the order of the calls. Returns at once. */
  abstract void put(Command<?> command, Taken taken);

  /** It was answered. */
  abstract void remove(long number);

  /** Ends the client's life. Twice does nothing. Completes when the next one may begin. */
  abstract CompletableFuture<Void> close();

  /** Something that was taken in. */
  record Kept(long number, Command<?> command) {
    MessageId message() {
      if (command instanceof Command.Send send) {
        return send.draft().id();
      } else if (command instanceof Command.Schedule schedule) {
        return schedule.draft().id();
      } else if (command instanceof Command.Edit edit) {
        return edit.message();
      }
      return ((Command.Erase) command).message();
    }
  }

  /** Told in the order of what was put. */
  @FunctionalInterface
  interface Taken {
    /**
     * It is taken in, or not.
     *
     * @param number what it is kept under; 0 when it isn't
     * @param failure why it can't be asked for at all
     */
    void taken(long number, @Nullable ChatException failure);
  }
}

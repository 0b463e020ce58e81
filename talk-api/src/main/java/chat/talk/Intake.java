package chat.talk;

import chat.talk.ChatException.Code;
import chat.talk.internal.Failures;
import chat.talk.internal.Pending;
import chat.talk.internal.Text;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Where messages from other peers come in: takes those that are meant for here, and have room. */
final class Intake implements Transport.Receiver {
  private final UserName name;
  private final GroupAppender log;
  private final Reader reader;
  private final Scheduler scheduler;
  private final long maxBacklog;
  private final Pending arrivals = new Pending();

  /** The weight of messages on their way into the log. */
  private final AtomicLong arriving = new AtomicLong();

  private volatile boolean closed;

  Intake(PeerBuilder setup, GroupAppender log, Reader reader) {
    this.name = setup.name;
    this.scheduler = setup.scheduler;
    this.maxBacklog = setup.maxBacklog;
    this.log = log;
    this.reader = reader;
  }

  @Override
  public CompletableFuture<Void> receive(Envelope envelope) {
    UserName to = envelope.to();
    return to == null || to.equals(name)
        ? arrivals.track(() -> admit(envelope))
        : refused(Code.MISDIRECTED, "this is " + name + ", not " + to);
  }

  private CompletableFuture<Void> admit(Envelope envelope) {
    if (closed) {
      return CompletableFuture.failedFuture(Failures.closed(name));
    }
    long weight = Text.weight(envelope.text());
    long ahead = arriving.getAndAdd(weight) + reader.backlog();
    if (ahead > 0 && ahead + weight > maxBacklog) {
      arriving.addAndGet(-weight);
      return refused(Code.OVERLOADED, name + " has too much to read already");
    }
    return log.append(message(envelope))
        .whenComplete((entry, failure) -> arriving.addAndGet(-weight))
        .thenApply(entry -> null);
  }

  private static CompletableFuture<Void> refused(Code code, String message) {
    return CompletableFuture.failedFuture(new ChatException(code, message));
  }

  private ChatMessage message(Envelope envelope) {
    ChatId chat = ChatId.direct(envelope.from(), name);
    return new ChatMessage(chat, envelope.id(), envelope.from(), envelope.text(), scheduler.now());
  }

  /** Takes nothing more in; completes when what was taken in is stored or refused. */
  CompletableFuture<Void> close() {
    closed = true;
    return arrivals.none();
  }
}

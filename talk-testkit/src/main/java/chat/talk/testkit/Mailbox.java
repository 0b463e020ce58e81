package chat.talk.testkit;

import chat.talk.Envelope;
import chat.talk.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A receiver that keeps what it gets, and answers as it is told to. */
final class Mailbox implements Transport.Receiver {
  private final Function<Envelope, CompletableFuture<Void>> answer;

  /** Guarded by itself. */
  private final List<Envelope> envelopes = new ArrayList<>();

  Mailbox() {
    this(envelope -> CompletableFuture.completedFuture(null));
  }

  Mailbox(Function<Envelope, CompletableFuture<Void>> answer) {
    this.answer = answer;
  }

  /** One that never answers. */
  static Mailbox silent() {
    return new Mailbox(envelope -> new CompletableFuture<>());
  }

  @Override
  public CompletableFuture<Void> receive(Envelope envelope) {
    synchronized (envelopes) {
      envelopes.add(envelope);
    }
    return answer.apply(envelope);
  }

  List<Envelope> envelopes() {
    synchronized (envelopes) {
      return List.copyOf(envelopes);
    }
  }

  List<String> texts() {
    return envelopes().stream().map(Envelope::text).toList();
  }
}

package chat.talk.examples;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A message as a file, and its answer as another, which is empty when all is well. */
record Letter(Path file) {
  static final String SUFFIX = ".letter";

  static Letter write(Path folder, Envelope envelope) throws IOException {
    Path file = folder.resolve(UUID.randomUUID() + SUFFIX);
    String to = envelope.to() == null ? "" : envelope.to().value();
    String head = String.join("\n", envelope.id().value(), envelope.from().value(), to);
    write(file, head + "\n" + envelope.text());
    return new Letter(file);
  }

  Envelope take() throws IOException {
    String[] parts = Files.readString(file).split("\n", 4);
    Files.delete(file);
    UserName to = parts[2].isEmpty() ? null : new UserName(parts[2]);
    return new Envelope(new MessageId(parts[0]), new UserName(parts[1]), to, parts[3]);
  }

  void answer(ChatException failure) {
    try {
      write(answer(), failure == null ? "" : failure.code() + "\n" + failure.getMessage());
    } catch (IOException e) {
      // The mailbox is gone: the sender will notice.
    }
  }

  boolean isAnswered() {
    return Files.exists(answer());
  }

  /** Throws what the answer says is wrong. */
  void takeAnswer() throws IOException {
    String[] failure = Files.readString(answer()).split("\n", 2);
    Files.delete(answer());
    if (failure.length == 2) {
      throw new ChatException(Code.valueOf(failure[0]), failure[1]);
    }
  }

  private Path answer() {
    return Path.of(file + ".answer");
  }

  private static void write(Path file, String text) throws IOException {
    Path draft = Path.of(file + ".draft");
    Files.move(Files.writeString(draft, text), file, ATOMIC_MOVE);
  }
}

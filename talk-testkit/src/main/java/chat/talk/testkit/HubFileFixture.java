package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Recipient;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Command;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.FileUpload.Kind;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** What the tests of files are written with: sessions without clients around them. */
abstract class HubFileFixture extends HubContract {
  static final ChatId GENERAL = ChatId.of("general");

  /** By then, what nothing refers to has been swept. */
  static final Duration LONG = Duration.ofHours(4);

  private static final int ODD_PIECE = 50_001;

  /** Of one who comes back. */
  static final Token TOKEN = Token.random();

  /** Starts the hub again, and gives a new session of that device. */
  RawSession restarted(RawSession ofTheToken) {
    ofTheToken.session.close();
    restart();
    return raw(new Login.Known(TOKEN));
  }

  /** Different for each seed. */
  static byte[] bytes(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Blob upload(RawSession by, byte[] bytes) {
    return upload(by, Kind.FILE, bytes);
  }

  static Blob upload(RawSession by, Kind kind, byte[] bytes) {
    return upload(by.session.upload(kind), bytes);
  }

  static Blob upload(FileUpload to, byte[] bytes) {
    try (FileUpload upload = to) {
      for (int from = 0; from < bytes.length; from += ODD_PIECE) {
        int size = Math.min(ODD_PIECE, bytes.length - from);
        Await.result(upload.write(ByteBuffer.wrap(bytes, from, size)));
      }
      Blob blob = Await.result(upload.finish());
      assertThat(blob.size()).isEqualTo(bytes.length);
      return blob;
    }
  }

  static Attachment file(Blob blob) {
    return new Attachment("a.bin", Attachment.UNKNOWN_TYPE, blob);
  }

  static Entry send(RawSession by, Draft draft) {
    return Await.result(by.call(new Command.Send(draft)));
  }

  static Entry sendFile(RawSession by, Recipient to, byte[] bytes) {
    return send(by, Draft.of(to, "see this").attach(file(upload(by, bytes))));
  }

  static byte[] download(RawSession by, Entry entry) {
    return download(by, entry.event().key(), 0);
  }

  static byte[] download(RawSession by, MessageKey message, long offset) {
    return download(by.session.download(message, offset));
  }

  static byte[] download(CompletableFuture<FileDownload> answer) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (FileDownload download = Await.result(answer)) {
      ByteBuffer piece = Await.result(download.read());
      while (piece != null) {
        assertThat(piece.remaining()).isBetween(1, FileUpload.PIECE);
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        all.writeBytes(bytes);
        piece = Await.result(download.read());
      }
    }
    return all.toByteArray();
  }

  /** Why nothing is given out; null when it is. */
  static Code refusal(RawSession by, Entry entry, long offset) {
    CompletableFuture<FileDownload> answer = by.session.download(entry.event().key(), offset);
    Code code = Await.code(answer);
    if (code == null) {
      answer.join().close();
    }
    return code;
  }

  static Code refusal(RawSession by, Entry entry) {
    return refusal(by, entry, 0);
  }

  static ChatMessage message(Entry entry) {
    return (ChatMessage) entry.event();
  }

  /** Lets time pass until the hub has swept. */
  void awaitSwept(Blob blob) {
    awaitWithHours("a sweep", () -> blobs.find(blob.digest()).isEmpty());
  }

  /** Waits while the hub's time goes fast. */
  void awaitWithHours(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          clock.advance(HOUR);
          return condition.getAsBoolean();
        });
  }

  /** Waits until nothing of an upload is left. */
  void awaitNothingIsTaken() {
    Await.until("nothing is taken", () -> blobs.used() == 0);
  }

  /** What a write is refused with; a network may bring that with the last answer only. */
  Code refusal(FileUpload upload, ByteBuffer bytes) {
    Code first = Await.code(upload.write(bytes));
    return first == null && isBehindANetwork() ? Await.code(upload.finish()) : first;
  }
}

package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatMessage.Revision;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Command;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.FileUpload.Kind;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a {@link chat.talk.room.Hub} has to hold that keeps files, besides the {@link HubContract}:
 * they reach those they are for, whole, and nobody else.
 */
public abstract class HubFileContract extends HubFileClientContract {
  /** For subclasses. */
  protected HubFileContract() {}

  @Test
  void fileReachesEveryMemberWhole() {
    RawSession alice = raw(ALICE);
    RawSession bob = raw(BOB);
    byte[] bytes = bytes(300_000, 1);
    Entry sent = sendFile(alice, GENERAL, bytes);
    assertThat(message(sent).text()).isEqualTo("see this");
    assertThat(message(sent).attachment().size()).isEqualTo(bytes.length);
    bob.awaitTexts(1);
    assertThat(bob.entries).containsExactly(sent);
    for (RawSession each : List.of(alice, bob)) {
      assertThat(download(each, sent)).isEqualTo(bytes);
    }
  }

  @Test
  void fileCanBeReadOnFromAnyPlace() {
    RawSession alice = raw(ALICE);
    byte[] bytes = bytes(200_000, 2);
    Entry sent = sendFile(alice, GENERAL, bytes);
    for (int offset : new int[] {0, 1, 65_535, 65_536, 65_537, 199_999, 200_000}) {
      assertThat(download(alice, sent.event().key(), offset))
          .isEqualTo(Arrays.copyOfRange(bytes, offset, bytes.length));
    }
    for (long offset : new long[] {-1, 200_001, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(refusal(alice, sent, offset)).isEqualTo(Code.INVALID);
    }
  }

  @Test
  void emptyFileIsAFile() {
    RawSession alice = raw(ALICE);
    Entry sent = sendFile(alice, GENERAL, new byte[0]);
    assertThat(message(sent).attachment().size()).isZero();
    assertThat(download(alice, sent)).isEmpty();
  }

  @Test
  void fileMayHaveAnyName() {
    RawSession alice = raw(ALICE);
    Blob blob = upload(alice, bytes(10, 3));
    List<String> names =
        List.of("Größe 😀.png", "...", " ", "a".repeat(255), "-rf *", "CON", "<b>");
    for (String name : names) {
      Attachment attachment = new Attachment(name, "image/png; q=1", blob);
      Entry sent = send(alice, Draft.of(GENERAL, "").attach(attachment));
      assertThat(message(sent).attachment()).isEqualTo(attachment);
      assertThat(find(alice, sent)).isEqualTo(sent);
    }
  }

  private static Entry find(RawSession by, Entry entry) {
    return Await.result(by.call(new Command.Find(entry.event().key())));
  }

  @Test
  void fileIsShownAsWhatItClearlyIs() {
    RawSession alice = raw(ALICE);
    assertThat(shownType(alice, "GIF89a", "image/gif")).isEqualTo("image/gif");
    assertThat(shownType(alice, "<!DOCTYPE html><script>", "image/gif")).isEqualTo("text/html");
    assertThat(shownType(alice, "\u007fELF\2\1\1", "image/gif")).startsWith("application/x-");
    assertThat(shownType(alice, "%PDF-1.7", Attachment.UNKNOWN_TYPE)).isEqualTo("application/pdf");
    assertThat(shownType(alice, "a,b", "text/csv")).isEqualTo("text/csv");
    assertThat(shownType(alice, "", "x/y; z=1")).isEqualTo("x/y; z=1");
  }

  private static String shownType(RawSession by, String beginning, String said) {
    Blob blob = upload(by, (beginning + "\n").getBytes(StandardCharsets.ISO_8859_1));
    Entry sent = send(by, Draft.of(GENERAL, "").attach(new Attachment("a", said, blob)));
    assertThat(find(by, sent)).isEqualTo(sent);
    return message(sent).attachment().type();
  }

  @Test
  void fileThatIsUploadedAgainAsATextIsShownAsWhatItIs() {
    RawSession alice = raw(ALICE);
    byte[] page = "<!DOCTYPE html><script>\n".getBytes(StandardCharsets.US_ASCII);
    Blob blob = upload(alice, page);
    assertThat(upload(alice, Kind.BODY, page)).isEqualTo(blob);
    Entry sent = send(alice, Draft.of(GENERAL, "").attach(new Attachment("a", "image/gif", blob)));
    assertThat(message(sent).attachment().type()).isEqualTo("text/html");
  }

  @Test
  void manyFilesComeAndGoAtOnce() {
    RawSession alice = raw(ALICE);
    List<byte[]> contents = IntStream.range(0, 8).mapToObj(i -> bytes(150_000 + i, i)).toList();
    List<Entry> sent =
        contents.stream()
            .map(bytes -> Background.supply(() -> sendFile(alice, GENERAL, bytes)))
            .toList()
            .stream()
            .map(Await::result)
            .toList();
    for (int i = 0; i < sent.size(); i++) {
      assertThat(download(alice, sent.get(i))).isEqualTo(contents.get(i));
    }
  }

  @Test
  void oneUploadMayBeAttachedMoreThanOnce() {
    RawSession alice = raw(ALICE);
    RawSession bob = raw(BOB);
    byte[] bytes = bytes(1_000, 4);
    Attachment attachment = file(upload(alice, bytes));
    Entry here = send(alice, Draft.of(GENERAL, "here").attach(attachment));
    Entry there = send(alice, Draft.of(BOB, "and there").attach(attachment));
    Await.result(alice.call(new Command.Erase(here.event().id())));
    clock.advance(LONG);
    assertThat(download(bob, there)).isEqualTo(bytes);
  }

  @Test
  void sameBytesOfTwoUsersStayUntilBothHaveErasedThem() {
    RawSession alice = raw(ALICE);
    RawSession bob = raw(BOB);
    byte[] bytes = bytes(1_000, 5);
    Entry first = sendFile(alice, GENERAL, bytes);
    Entry second = sendFile(bob, GENERAL, bytes);
    assertThat(blobs.used()).isEqualTo(bytes.length);
    Await.result(alice.call(new Command.Erase(first.event().id())));
    clock.advance(LONG);
    assertThat(download(alice, second)).isEqualTo(bytes);
    Await.result(bob.call(new Command.Erase(second.event().id())));
    awaitSwept(message(second).attachment().blob());
  }

  @Test
  void commentMayCarryAFile() {
    RawSession alice = raw(ALICE);
    Entry about = send(alice, Draft.of(GENERAL, "a picture?"));
    Blob blob = upload(alice, bytes(10, 6));
    Draft draft = Draft.of(GENERAL, "this one").about(about.event().key()).attach(file(blob));
    Entry sent = send(alice, draft);
    assertThat(send(alice, draft)).isEqualTo(sent);
    assertThat(message(sent).about()).isEqualTo(about.event().key());
    assertThat(download(alice, sent)).isEqualTo(bytes(10, 6));
  }

  @Test
  void fileCountsAsOneUnreadMessage() {
    Participant bob = joinUnreading(BOB);
    sendFile(raw(ALICE), GENERAL, bytes(10, 7));
    Await.until("one is unread", () -> bob.unread(GENERAL) == 1);
  }

  @Test
  void editedMessageKeepsItsFile() {
    RawSession alice = raw(ALICE);
    Entry sent = sendFile(alice, GENERAL, bytes(10, 8));
    Entry edited = Await.result(alice.call(new Command.Edit(sent.event().id(), "see that")));
    assertThat(message(edited).attachment()).isEqualTo(message(sent).attachment());
    clock.advance(LONG);
    assertThat(download(alice, edited)).isEqualTo(bytes(10, 8));
  }

  @Test
  void erasedFileIsGone() {
    RawSession alice = raw(ALICE);
    RawSession bob = raw(BOB);
    Entry sent = sendFile(alice, GENERAL, bytes(10, 9));
    Entry blank = Await.result(alice.call(new Command.Erase(sent.event().id())));
    assertThat(message(blank).attachment()).isNull();
    assertThat(refusal(alice, sent)).isEqualTo(Code.GONE);
    assertThat(refusal(bob, sent)).isEqualTo(Code.GONE);
    awaitSwept(message(sent).attachment().blob());
  }

  @Test
  void expiredFileIsGone() {
    serve(options -> options.withMessageTtl(HOUR));
    RawSession alice = raw(new Login.NewUser(ALICE, TOKEN));
    Entry before = sendFile(alice, ALICE, bytes(10, 10));
    RawSession again = restarted(alice);
    Entry after = sendFile(again, ALICE, bytes(10, 11));
    again.call(new Command.Acknowledge(Map.of(after.event().chat(), after.cursor()), true));
    for (Entry sent : List.of(before, after)) {
      awaitWithHours("it is gone", () -> refusal(again, sent) == Code.GONE);
      awaitSwept(message(sent).attachment().blob());
    }
  }

  @Test
  void fileIsThereAfterARestart() {
    RawSession alice = raw(new Login.NewUser(ALICE, TOKEN));
    byte[] bytes = bytes(100_000, 12);
    Entry sent = sendFile(alice, GENERAL, bytes);
    RawSession again = restarted(alice);
    clock.advance(LONG);
    assertThat(download(again, sent)).isEqualTo(bytes);
    assertThat(find(again, sent)).isEqualTo(sent);
  }

  @Test
  void whatWasErasedBeforeARestartIsSweptAfterIt() {
    RawSession alice = raw(new Login.NewUser(ALICE, TOKEN));
    Entry sent = sendFile(alice, GENERAL, bytes(10, 13));
    Await.result(alice.call(new Command.Erase(sent.event().id())));
    restarted(alice);
    awaitSwept(message(sent).attachment().blob());
  }

  @Test
  void uploadThatIsNeverAttachedIsSwept() {
    RawSession alice = raw(ALICE);
    Entry kept = sendFile(alice, GENERAL, bytes(10, 14));
    Blob forgotten = upload(alice, bytes(10, 15));
    awaitSwept(forgotten);
    assertThat(download(alice, kept)).isEqualTo(bytes(10, 14));
  }

  @Test
  void abandonedUploadLeavesNothing() {
    RawSession alice = raw(ALICE);
    try (FileUpload upload = alice.session.upload(Kind.FILE)) {
      Await.result(upload.write(ByteBuffer.allocate(1_000)));
    }
    awaitNothingIsTaken();
  }

  @Test
  void transfersEndWithTheSession() {
    RawSession alice = raw(ALICE);
    Entry sent = sendFile(alice, GENERAL, new byte[0]);
    FileUpload upload = alice.session.upload(Kind.FILE);
    Await.result(upload.write(ByteBuffer.allocate(1_000)));
    FileDownload download = Await.result(alice.session.download(sent.event().key(), 0));
    alice.session.close();
    awaitNothingIsTaken();
    assertRefused(Code.UNREACHABLE, upload.write(ByteBuffer.allocate(1)));
    assertRefused(Code.UNREACHABLE, download.read());
    assertRefused(Code.UNREACHABLE, alice.session.upload(Kind.FILE).finish());
    assertRefused(Code.UNREACHABLE, alice.session.download(sent.event().key(), 0));
  }

  @Test
  void filesComeAndGoWithoutASession() {
    RawSession alice = raw(new Login.NewUser(ALICE, TOKEN));
    Login known = new Login.Known(TOKEN);
    byte[] bytes = bytes(100_000, 16);
    Blob blob = upload(Await.result(hub.upload(known, Kind.FILE)), bytes);
    Entry sent = send(alice, Draft.of(GENERAL, "").attach(file(blob)));
    assertThat(download(hub.download(known, sent.event().key(), 0))).isEqualTo(bytes);
    assertThat(download(hub.download(known, sent.event().key(), 99_999))).hasSize(1);
    Login stranger = new Login.Known(Token.random());
    assertRefused(Code.UNAUTHENTICATED, hub.upload(stranger, Kind.FILE));
    assertRefused(Code.UNAUTHENTICATED, hub.download(stranger, sent.event().key(), 0));
    assertRefused(Code.INVALID, hub.download(known, sent.event().key(), -1));
    alice.call(new Command.Type(GENERAL, true)).join();
  }

  @Test
  void uploadWithoutASessionEndsWithTheHub() {
    raw(new Login.NewUser(ALICE, TOKEN)).session.close();
    FileUpload upload = Await.result(hub.upload(new Login.Known(TOKEN), Kind.FILE));
    Await.result(upload.write(ByteBuffer.allocate(1_000)));
    stop();
    awaitNothingIsTaken();
  }

  // Texts.

  @Test
  void longTextIsReadFromItsPreviewToItsEnd() {
    RawSession alice = raw(ALICE);
    String text = "Größe 😀 ".repeat(40_000);
    Entry sent = sendText(alice, text);
    assertThat(message(sent).hasBody()).isTrue();
    assertThat(message(sent).text()).hasSizeBetween(999, 1_000);
    assertThat(text).startsWith(message(sent).text());
    assertThat(new String(download(raw(BOB), sent), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  static Entry sendText(RawSession by, String text) {
    Blob blob = upload(by, Kind.BODY, text.getBytes(StandardCharsets.UTF_8));
    Draft draft = Draft.of(GENERAL, Attachment.preview(text)).attach(Attachment.body(blob));
    return send(by, draft);
  }

  @Test
  void editReplacesALongText() {
    RawSession alice = raw(ALICE);
    Entry sent = sendText(alice, "long ".repeat(10_000));
    Blob blob = message(sent).attachment().blob();
    String preview = message(sent).text();
    Entry edited = Await.result(alice.call(new Command.Edit(sent.event().id(), preview)));
    assertThat(message(edited).attachment()).isNull();
    assertThat(message(edited).revision()).isEqualTo(Revision.EDITED);
    assertThat(find(alice, sent)).isEqualTo(edited);
    assertThat(refusal(alice, sent)).isEqualTo(Code.NOT_FOUND);
    awaitSwept(blob);
  }
}

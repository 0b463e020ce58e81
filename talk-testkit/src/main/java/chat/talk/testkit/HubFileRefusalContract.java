package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Command;
import chat.talk.room.Digest;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.FileUpload.Kind;
import chat.talk.room.Login;
import chat.talk.room.Scheduled;
import chat.talk.room.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The part of {@link HubFileContract} about who gets what, what is refused, and what comes later.
 */
abstract class HubFileRefusalContract extends HubFileFixture {
  private static final int MANY = 60;
  private static final Predicate<Code> REFUSED = Objects::nonNull;

  // Who may read.

  @Test
  void fileIsForMembersOnly() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    RawSession owner = raw(addDevice(alice));
    RawSession guest = raw(addDevice(bob));
    RawSession stranger = raw(CAROL);
    ChatId room = alice.create("files");
    Entry early = sendFile(owner, room, bytes(10, 20));
    assertThat(refusal(guest, early)).isEqualTo(Code.NOT_FOUND);
    alice.admit(room, bob);
    Entry late = sendFile(owner, room, bytes(10, 21));
    assertThat(refusal(guest, early)).isEqualTo(Code.NOT_FOUND);
    assertThat(download(guest, late)).isEqualTo(bytes(10, 21));
    assertThat(refusal(stranger, late)).isEqualTo(Code.NOT_FOUND);
    Await.result(alice.client().remove(room, BOB));
    assertThat(refusal(guest, late)).isEqualTo(Code.NOT_FOUND);
    assertThat(download(owner, late)).isEqualTo(bytes(10, 21));
  }

  Login addDevice(Participant user) {
    Token token = Token.random();
    Await.result(user.client().addDevice(token));
    return new Login.Known(token);
  }

  @Test
  void digestOpensNobodyElsesFile() {
    RawSession alice = raw(ALICE);
    RawSession carol = raw(CAROL);
    join(BOB);
    Entry sent = sendFile(alice, BOB, bytes(1_000, 22));
    Draft stolen = Draft.of(CAROL, "mine?").attach(message(sent).attachment());
    assertRefused(Code.NOT_FOUND, carol.call(new Command.Send(stolen)));
    assertRefused(Code.NOT_FOUND, carol.call(new Command.Schedule(stolen, Instant.EPOCH)));
    assertRefused(Code.NOT_FOUND, carol.call(new Command.Send(stolen)));
  }

  @Test
  void uploadOfAnotherSizeIsAnother() {
    RawSession alice = raw(ALICE);
    Blob blob = upload(alice, bytes(10, 23));
    Blob larger = new Blob(blob.digest(), 11);
    assertRefused(
        Code.NOT_FOUND, alice.call(new Command.Send(Draft.of(GENERAL, "").attach(file(larger)))));
  }

  @Test
  void uploadIsForgottenAfterAnHour() {
    RawSession alice = raw(ALICE);
    Draft draft = Draft.of(GENERAL, "late").attach(file(upload(alice, bytes(10, 24))));
    clock.advance(HOUR);
    assertRefused(Code.NOT_FOUND, alice.call(new Command.Send(draft)));
    upload(alice, bytes(10, 24));
    Entry sent = send(alice, draft);
    clock.advance(LONG);
    assertThat(send(alice, draft)).isEqualTo(sent);
    assertThat(download(alice, sent)).isEqualTo(bytes(10, 24));
  }

  @Test
  void uploadIsForgottenByARestart() {
    RawSession alice = raw(new Login.NewUser(ALICE, TOKEN));
    Draft sent = Draft.of(GENERAL, "sent").attach(file(upload(alice, bytes(10, 25))));
    Entry entry = send(alice, sent);
    Draft unsent = Draft.of(GENERAL, "unsent").attach(file(upload(alice, bytes(10, 26))));
    RawSession again = restarted(alice);
    assertRefused(Code.NOT_FOUND, again.call(new Command.Send(unsent)));
    assertThat(send(again, sent)).isEqualTo(entry);
    upload(again, bytes(10, 26));
    assertThat(download(again, send(again, unsent))).isEqualTo(bytes(10, 26));
  }

  @Test
  void idUsedForAnotherFileIsAnsweredWithTheFirstEntry() {
    RawSession alice = raw(ALICE);
    Blob one = upload(alice, bytes(10, 27));
    Blob other = upload(alice, bytes(10, 28));
    Draft draft = Draft.of(GENERAL, "one").attach(file(one));
    var first = alice.call(new Command.Send(draft));
    var second = alice.call(new Command.Send(draft.attach(file(other))));
    assertThat(Await.result(second)).isEqualTo(Await.result(first));
    awaitSwept(other);
    assertThat(download(alice, first.join())).isEqualTo(bytes(10, 27));
  }

  @Test
  void messageWithoutAFileHasNothingToGive() {
    RawSession alice = raw(ALICE);
    Entry plain = send(alice, Draft.of(GENERAL, "plain"));
    assertThat(refusal(alice, plain)).isEqualTo(Code.NOT_FOUND);
    MessageKey unknown = new MessageKey(ALICE, MessageId.of("unknown"));
    assertRefused(Code.NOT_FOUND, alice.session.download(unknown, 0));
    assertRefused(Code.INVALID, alice.session.download(null, 0));
  }

  // What is refused.

  @Test
  void tooLargeFileIsNoticedWhileItComes() {
    RawSession alice = raw(ALICE);
    byte[] most = new byte[(int) HubOptions.MAX_FILE_SIZE];
    assertThat(download(alice, sendFile(alice, GENERAL, most))).isEqualTo(most);
    try (FileUpload upload = alice.session.upload(Kind.FILE)) {
      Await.result(upload.write(ByteBuffer.wrap(most)));
      assertThat(refusal(upload, ByteBuffer.allocate(1))).isEqualTo(Code.TOO_LARGE);
      assertRefused(Code.CLOSED, upload.write(ByteBuffer.allocate(1)));
      assertRefused(Code.CLOSED, upload.finish());
    }
    Await.until("only one is there", () -> blobs.used() == most.length);
  }

  @Test
  void textHasALimitOfItsOwn() {
    serve(options -> options.withMaxBodySize(HubOptions.MAX_FILE_SIZE + 10));
    RawSession alice = raw(ALICE);
    byte[] most = "x".repeat((int) HubOptions.MAX_FILE_SIZE + 10).getBytes(StandardCharsets.UTF_8);
    Blob blob = upload(alice, Kind.BODY, most);
    send(alice, Draft.of(GENERAL, "x").attach(Attachment.body(blob)));
    assertRefused(
        Code.TOO_LARGE, alice.call(new Command.Send(Draft.of(GENERAL, "").attach(file(blob)))));
    try (FileUpload upload = alice.session.upload(Kind.BODY)) {
      ByteBuffer more = ByteBuffer.allocate(most.length + 1);
      assertThat(refusal(upload, more)).isEqualTo(Code.TOO_LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c3", "6180", "f09f98", "eda080", "f4908080", "c0af"})
  void textHasToBeUnicode(String hex) {
    RawSession alice = raw(ALICE);
    byte[] bad = java.util.HexFormat.of().parseHex(hex);
    try (FileUpload upload = alice.session.upload(Kind.BODY)) {
      Code first = Await.code(upload.write(ByteBuffer.wrap(bad)));
      assertThat(first == null ? Await.code(upload.finish()) : first).isEqualTo(Code.INVALID);
    }
    awaitNothingIsTaken();
  }

  @Test
  void charactersOfATextMayBeCutAnywhere() {
    RawSession alice = raw(ALICE);
    byte[] bytes = "aß€😀".getBytes(StandardCharsets.UTF_8);
    FileUpload upload = alice.session.upload(Kind.BODY);
    for (byte each : bytes) {
      Await.result(upload.write(ByteBuffer.wrap(new byte[] {each})));
    }
    assertThat(Await.result(upload.finish()).size()).isEqualTo(bytes.length);
  }

  @Test
  void fileIsNoTextUnlessItWasUploadedAsOne() {
    RawSession alice = raw(ALICE);
    Blob blob = upload(alice, bytes(10, 29));
    Draft draft = Draft.of(GENERAL, "").attach(Attachment.body(blob));
    assertRefused(Code.NOT_FOUND, alice.call(new Command.Send(draft)));
  }

  @Test
  void attachmentThatMakesNoSenseCannotBeMade() {
    Blob blob = new Blob(Digest.of("0".repeat(64)), 1);
    List<String> names = List.of("a/b", "a\\b", "..", ".", "a\nb", "\0", "\uD83D", "a".repeat(256));
    names.forEach(name -> assertInvalid(() -> new Attachment(name, "text/plain", blob)));
    List<String> types =
        List.of("", "text", "text/", "/plain", "a/b\r\nX: y", "a/b; ä", "a/b;" + "x".repeat(255));
    types.forEach(type -> assertInvalid(() -> new Attachment("a", type, blob)));
    assertInvalid(() -> new Attachment("", "text/plain", blob));
    assertInvalid(() -> Draft.of(GENERAL, "x".repeat(1_001)).attach(Attachment.body(blob)));
  }

  private static void assertInvalid(Runnable making) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
  }

  @Test
  void uploadsOfOneSessionAreLimitedInNumber() {
    RawSession alice = raw(ALICE);
    List<FileUpload> open = new ArrayList<>();
    Code refusal = null;
    while (refusal == null && open.size() < MANY) {
      FileUpload upload = alice.session.upload(Kind.FILE);
      open.add(upload);
      refusal = Await.code(upload.write(ByteBuffer.allocate(1)));
    }
    if (isBehindANetwork()) {
      refusal = open.stream().map(one -> Await.code(one.finish())).filter(REFUSED).findAny().get();
    }
    assertThat(refusal).isEqualTo(Code.OVERLOADED);
    open.forEach(FileUpload::close);
    Await.until("there is room again", () -> blobs.used() <= 1);
    Await.until("another one goes", () -> goes(alice.session.upload(Kind.FILE)));
  }

  private static boolean goes(FileUpload upload) {
    Code written = Await.code(upload.write(ByteBuffer.allocate(1)));
    return written == null && Await.code(upload.finish()) == null;
  }

  @Test
  void closedDownloadGivesNothingMore() {
    RawSession alice = raw(ALICE);
    Entry sent = sendFile(alice, GENERAL, bytes(200_000, 31));
    FileDownload download = Await.result(alice.session.download(sent.event().key(), 0));
    assertThat(download.attachment()).isEqualTo(message(sent).attachment());
    int most = FileUpload.PIECE;
    int least = isBehindANetwork() ? 1 : most;
    assertThat(Await.result(download.read()).remaining()).isBetween(least, most);
    download.close();
    download.close();
    assertRefused(Code.CLOSED, download.read());
  }

  @Test
  void hubMayKeepNoFiles() {
    serve(options -> options.withBlobs(null));
    RawSession alice = raw(ALICE);
    FileUpload upload = alice.session.upload(Kind.FILE);
    assertThat(refusal(upload, ByteBuffer.allocate(1))).isEqualTo(Code.REFUSED);
    assertRefused(Code.REFUSED, alice.session.upload(Kind.BODY).finish());
    Attachment unknown = file(new Blob(Digest.of("0".repeat(64)), 1));
    assertRefused(
        Code.REFUSED, alice.call(new Command.Send(Draft.of(GENERAL, "").attach(unknown))));
    send(alice, Draft.of(GENERAL, "plain"));
  }

  // Later.

  @Test
  void scheduledMessageBringsItsFile() {
    RawSession alice = raw(new Login.NewUser(ALICE, TOKEN));
    Draft draft = Draft.of(GENERAL, "later").attach(file(upload(alice, bytes(10, 32))));
    Instant due = clock.now().plus(LONG.multipliedBy(2));
    assertThat(schedule(alice, draft, due).draft()).isEqualTo(draft);
    clock.advance(LONG);
    RawSession again = restarted(alice);
    clock.advance(LONG);
    again.awaitTexts(1);
    Entry sent = again.entries.get(0);
    clock.advance(LONG);
    assertThat(download(again, sent)).isEqualTo(bytes(10, 32));
    Await.result(again.call(new Command.Erase(sent.event().id())));
    awaitSwept(message(sent).attachment().blob());
  }

  private static Scheduled schedule(RawSession by, Draft draft, Instant at) {
    return Await.result(by.call(new Command.Schedule(draft, at)));
  }

  @Test
  void cancelledMessageLeavesNoFile() {
    RawSession alice = raw(ALICE);
    Blob blob = upload(alice, bytes(10, 33));
    Draft draft = Draft.of(GENERAL, "later").attach(file(blob));
    schedule(alice, draft, clock.now().plus(LONG.multipliedBy(9)));
    Await.result(alice.call(new Command.Cancel(draft.id())));
    awaitSwept(blob);
  }

  @Test
  void scheduledMessageThatIsRefusedLeavesNoFile() {
    Participant alice = join(ALICE);
    RawSession owner = raw(addDevice(alice));
    ChatId room = alice.create("closed soon");
    Blob blob = upload(owner, bytes(10, 34));
    schedule(owner, Draft.of(room, "").attach(file(blob)), clock.now().plus(HOUR));
    Await.result(alice.client().close(room));
    awaitSwept(blob);
  }

  @Test
  void rescheduledMessageKeepsItsFileAndNotItsLongText() {
    RawSession alice = raw(ALICE);
    Draft picture = Draft.of(GENERAL, "a").attach(file(upload(alice, bytes(10, 35))));
    Blob text = upload(alice, Kind.BODY, bytesOf("a long text"));
    Draft novel = Draft.of(GENERAL, "a long").attach(Attachment.body(text));
    Instant due = clock.now().plus(LONG.multipliedBy(9));
    for (Draft draft : List.of(picture, novel)) {
      schedule(alice, draft, due);
      Scheduled changed =
          Await.result(alice.call(new Command.Reschedule(draft.id(), "short", due)));
      assertThat(changed.draft()).isEqualTo(draft.withText("short"));
    }
    awaitSwept(text);
    assertThat(blobs.find(picture.attachment().blob().digest())).isPresent();
  }

  private static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.ByteSource;
import chat.talk.room.FileUpload.Kind;
import chat.talk.room.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The part of {@link HubFileContract} that a client does by itself. */
abstract class HubFileClientContract extends HubFileRefusalContract {
  private static final int SIZE = 700_000;
  private static final int HALF = SIZE / 2;

  @TempDir Path shelf;

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void clientSendsAFileAndAnotherKeepsIt() throws IOException {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Path file = Files.write(shelf.resolve("Größe.png"), bytes(SIZE, 50));
    List<Long> sent = new CopyOnWriteArrayList<>();
    List<Long> got = new CopyOnWriteArrayList<>();
    Entry entry = Await.result(alice.client().sendFile(GENERAL, file, progress(sent)));
    assertThat(message(entry).attachment().name()).isEqualTo("Größe.png");
    assertThat(message(entry).attachment().type()).isEqualTo("image/png");
    bob.heard().awaitTexts("");
    Path target = Files.writeString(shelf.resolve("copy"), "what was there before");
    var download = bob.client().download(entry.event().key(), target, progress(got));
    assertThat(Await.result(download)).isEqualTo(message(entry).attachment());
    assertThat(target).hasBinaryContent(bytes(SIZE, 50));
    assertThat(sent).isSorted().startsWith(0L).endsWith((long) SIZE).hasSizeGreaterThan(5);
    assertThat(got).isSorted().endsWith((long) SIZE).hasSizeGreaterThan(5);
    assertThat(names()).containsExactlyInAnyOrder("Größe.png", "copy");
  }

  private static Progress progress(List<Long> seen) {
    return (done, total) -> {
      assertThat(total).isEqualTo(SIZE);
      seen.add(done);
      throw new IllegalStateException("nobody minds");
    };
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(shelf)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void clientSendsATextOfAnySize() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    String text = "x" + "😀".repeat(300_000);
    Entry entry =
        transferred(
            alice.client().sendLarge(Draft.of(GENERAL, ""), ByteSource.of(text), Progress.NONE));
    assertThat(message(entry).text()).isEqualTo("x" + "😀".repeat(499));
    bob.heard().awaitTexts(message(entry).text());
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    transferred(download(bob, entry, Channels.newChannel(got)));
    assertThat(got.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  private static CompletableFuture<Attachment> download(
      Participant by, Entry entry, WritableByteChannel sink) {
    return by.client().download(entry.event().key(), sink, Progress.NONE);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void uploadIsBegunAgainWhenTheHubIs() {
    Participant alice = join(ALICE);
    AtomicInteger opened = new AtomicInteger();
    ByteSource source = source(() -> channel(opened.incrementAndGet() == 1));
    Entry entry = Await.result(sendFile(alice, source));
    assertThat(opened).hasValue(2);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    Await.result(download(alice, entry, Channels.newChannel(got)));
    assertThat(got.toByteArray()).isEqualTo(bytes(SIZE, 51));
  }

  private static CompletableFuture<Entry> sendFile(Participant by, ByteSource source) {
    Draft draft = Draft.of(GENERAL, "see this");
    return by.client().sendFile(draft, "a.bin", Attachment.UNKNOWN_TYPE, source, Progress.NONE);
  }

  private interface Opening {
    ReadableByteChannel open() throws IOException;
  }

  private static ByteSource source(Opening opening) {
    return new ByteSource() {
      @Override
      public ReadableByteChannel open() throws IOException {
        return opening.open();
      }

      @Override
      public long size() {
        return SIZE;
      }
    };
  }

  /** One half way through which the hub may be started again. */
  private ReadableByteChannel channel(boolean restarts) throws IOException {
    ReadableByteChannel all = ByteSource.of(bytes(SIZE, 51)).open();
    return Channels.newChannel(
        new InputStream() {
          private final InputStream in = Channels.newInputStream(all);
          private long done;

          @Override
          public int read() throws IOException {
            return in.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (restarts && done < HALF && done + count >= HALF) {
              restart();
            }
            done += count;
            return count;
          }
        });
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void downloadGoesOnWhenTheHubIsStartedAgain() {
    Participant alice = join(ALICE);
    Entry entry = transferred(sendFile(alice, source(() -> channel(false))));
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    WritableByteChannel sink = Channels.newChannel(got);
    AtomicInteger restarts = new AtomicInteger();
    List<Long> progress = new CopyOnWriteArrayList<>();
    transferred(
        alice
            .client()
            .download(
                entry.event().key(),
                sink,
                (done, total) -> {
                  progress.add(done);
                  if (done >= HALF && restarts.getAndIncrement() == 0) {
                    restart();
                  }
                }));
    assertThat(got.toByteArray()).isEqualTo(bytes(SIZE, 51));
    assertThat(progress).isSorted();
  }

  @Test
  void sourceThatFailsEndsTheUpload() {
    Participant alice = join(ALICE);
    assertRefused(Code.STORAGE, alice.client().sendFile(GENERAL, shelf, Progress.NONE));
    Path missing = shelf.resolve("missing");
    assertRefused(Code.STORAGE, alice.client().sendFile(GENERAL, missing, Progress.NONE));
    ByteSource broken =
        source(
            () -> {
              throw new IllegalStateException("as the test wants it");
            });
    assertRefused(Code.INTERNAL, sendFile(alice, broken));
    assertThat(alice.history(GENERAL)).isEmpty();
    awaitNothingIsTaken();
  }

  @Test
  void sinkThatFailsEndsTheDownloadAndLeavesNothing() throws IOException {
    Participant alice = join(ALICE);
    Entry entry = Await.result(sendFile(alice, ByteSource.of(bytes(10, 52))));
    Path nowhere = shelf.resolve("missing/file");
    Path directory = Files.createDirectories(shelf.resolve("folder/inner")).getParent();
    for (Path target : List.of(nowhere, directory)) {
      assertRefused(
          Code.STORAGE, alice.client().download(entry.event().key(), target, Progress.NONE));
    }
    assertThat(names()).containsExactly("folder");
  }

  @Test
  void refusedTransferIsNotTriedAgain() throws IOException {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    byte[] large = new byte[(int) HubOptions.MAX_FILE_SIZE + 1];
    assertRefused(Code.TOO_LARGE, sendFile(alice, ByteSource.of(large)));
    Entry sent = Await.result(sendFile(alice, ByteSource.of(bytes(10, 53))));
    Await.result(alice.client().erase(sent.event().id()));
    assertRefused(
        Code.GONE, bob.client().download(sent.event().key(), shelf.resolve("gone"), Progress.NONE));
    assertThat(names()).isEmpty();
    Draft draft = Draft.of(GENERAL, "");
    assertRefused(
        Code.INVALID,
        alice.client().sendFile(draft, "a/b", "text/plain", ByteSource.of("x"), Progress.NONE));
    assertRefused(
        Code.INVALID,
        alice.client().sendLarge(draft, ByteSource.of(new byte[] {-1}), Progress.NONE));
    assertRefused(Code.NOT_FOUND, sendFile(bob, draft.about(unknown()), ByteSource.of("x")));
  }

  private static MessageKey unknown() {
    return new MessageKey(ALICE, MessageId.of("unknown"));
  }

  private static CompletableFuture<Entry> sendFile(Participant by, Draft draft, ByteSource source) {
    return by.client().sendFile(draft, "a", "text/plain", source, Progress.NONE);
  }

  @Test
  void cancelledUploadEnds() {
    Participant alice = join(ALICE);
    CountDownLatch cancelled = new CountDownLatch(1);
    ByteSource endless = source(() -> zerosUntil(cancelled));
    CompletableFuture<Blob> upload = alice.client().upload(Kind.BODY, endless, Progress.NONE);
    Await.until("it has begun", () -> blobs.used() > 0);
    upload.cancel(true);
    cancelled.countDown();
    awaitNothingIsTaken();
  }

  /** Some, and the next when the latch is open. */
  private static ReadableByteChannel zerosUntil(CountDownLatch latch) {
    return Channels.newChannel(
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() {
            return read(new byte[1], 0, 1) - 1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            left -= length;
            if (left < 0) {
              Await.latch("the cancellation", latch);
            }
            return length;
          }
        });
  }

  @Test
  void closedClientEndsItsTransfers() {
    Participant alice = join(ALICE);
    stop();
    CompletableFuture<Entry> waiting = sendFile(alice, ByteSource.of("x"));
    alice.client().close();
    assertRefused(Code.CLOSED, waiting);
    assertRefused(Code.CLOSED, sendFile(alice, ByteSource.of("x")));
  }
}

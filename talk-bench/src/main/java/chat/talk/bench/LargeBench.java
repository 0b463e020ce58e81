package chat.talk.bench;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Draft;
import chat.talk.MessageKey;
import chat.talk.http.HttpHub;
import chat.talk.room.Attachment;
import chat.talk.room.ByteSource;
import chat.talk.room.Digest;
import chat.talk.room.HubClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * One message of any size through a hub with little memory, to several clients at once: how long
 * that takes, and how much memory. Fails unless each of them gets it whole.
 *
 * <p>Arguments: megabytes of the message (256), clients (10), megabytes of heap of the hub (128).
 */
final class LargeBench {
  private LargeBench() {}

  public static void main(String[] args) throws Exception {
    System.out.println(
        measure(
            Arguments.number(args, 0, 256) * 1_000_000L,
            Arguments.number(args, 1, 10),
            Arguments.number(args, 2, 128)));
  }

  /** What it came to. */
  record Result(long size, int clients, double upload, double download, long heap, long resident) {
    @Override
    public String toString() {
      return "%d MB up in %.1f s, to %d clients in %.1f s; hub: heap %.0f MB, resident %.0f MB at most"
          .formatted(size / 1_000_000, upload, clients, download, heap / 1e6, resident / 1e6);
    }
  }

  static Result measure(long size, int clients, int heap) throws Exception {
    Path folder = Files.createTempDirectory("talk-large");
    try {
      return measure(folder, size, clients, heap);
    } finally {
      delete(folder);
    }
  }

  /** The process has ended when this returns, however it does. */
  private static Result measure(Path folder, long size, int clients, int heap) throws Exception {
    ChildProcess hub =
        ChildProcess.start(LargeServer.class, List.of("-Xmx" + heap + "m"), folder.toString());
    try {
      return measure(hub, (int) number(hub, "port "), size, clients);
    } finally {
      hub.close();
      hub.await();
    }
  }

  private static Result measure(ChildProcess hub, int port, long size, int clients)
      throws Exception {
    List<Taker> takers = new ArrayList<>();
    try (HttpHub remote = HttpHub.at("http://127.0.0.1:" + port);
        HubClient sender = HubClient.join(remote, "sender").start()) {
      for (int i = 0; i < clients; i++) {
        takers.add(new Taker(remote, "taker" + i));
      }
      long begin = System.nanoTime();
      Draft draft = Draft.of(sender.status().get().general(), "");
      sender.sendLarge(draft, new Letters(size), (done, total) -> {}).get();
      long sent = System.nanoTime();
      Digest digest = digest(size);
      long digested = System.nanoTime() - sent;
      for (Taker taker : takers) {
        taker.requireWhole(digest, size);
      }
      long taken = System.nanoTime();
      hub.writeLine("heap");
      double download = (taken - sent - digested) / 1e9;
      return new Result(
          size, clients, (sent - begin) / 1e9, download, number(hub, "heap "), peakResident(hub));
    } finally {
      takers.forEach(Taker::close);
    }
  }

  private static long number(ChildProcess hub, String name) throws IOException {
    String line = hub.readLine();
    while (!line.startsWith(name)) {
      line = hub.readLine();
    }
    return Long.parseLong(line.substring(name.length()));
  }

  private static long peakResident(ChildProcess hub) throws IOException {
    Path status = Path.of("/proc/" + hub.pid() + "/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum()
        : 0;
  }

  private static Digest digest(long size) throws IOException {
    Digest.Sum sum = new Digest.Sum();
    ByteBuffer piece = ByteBuffer.allocate(1 << 16);
    try (ReadableByteChannel letters = new Letters(size).open()) {
      while (letters.read(piece) >= 0) {
        sum.add(piece.flip());
        piece.clear();
      }
    }
    return sum.digest();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** A text of any length, which takes no room. */
  private record Letters(long size) implements ByteSource {
    @Override
    public ReadableByteChannel open() {
      return new ReadableByteChannel() {
        private long done;
        private boolean isOpen = true;

        @Override
        public int read(ByteBuffer into) {
          int count = (int) Math.min(into.remaining(), size - done);
          for (int i = 0; i < count; i++) {
            long place = done + i;
            into.put((byte) ('a' + (place ^ (place >>> 16)) % 26));
          }
          done += count;
          return count == 0 ? -1 : count;
        }

        @Override
        public boolean isOpen() {
          return isOpen;
        }

        @Override
        public void close() {
          isOpen = false;
        }
      };
    }
  }

  /** Somebody who fetches what he is sent, and keeps nothing of it. */
  private static final class Taker implements AutoCloseable, ChatMessageListener {
    private final HubClient client;
    private final CompletableFuture<Attachment> taken = new CompletableFuture<>();
    private final Digest.Sum sum = new Digest.Sum();
    private long size;

    Taker(HttpHub hub, String name) {
      client = HubClient.join(hub, name).listener(this).start();
    }

    @Override
    public void onMessage(chat.talk.ChatClient me, ChatMessage message) {
      if (message.attachment() != null) {
        fetch(message.key());
      }
    }

    private void fetch(MessageKey message) {
      client
          .download(message, new Sink(), (done, total) -> {})
          .whenComplete(
              (whole, failure) -> {
                if (failure == null) {
                  taken.complete(whole);
                } else {
                  taken.completeExceptionally(failure);
                }
              });
    }

    void requireWhole(Digest digest, long expected) throws Exception {
      Attachment whole = taken.get();
      boolean isWhole =
          size == expected && sum.digest().equals(digest) && whole.blob().digest().equals(digest);
      if (!isWhole) {
        throw new ChatException(Code.BAD_ANSWER, "a client has got something else");
      }
    }

    @Override
    public void close() {
      client.close();
    }

    private final class Sink implements WritableByteChannel {
      @Override
      public int write(ByteBuffer bytes) {
        int count = bytes.remaining();
        sum.add(bytes);
        bytes.position(bytes.limit());
        size += count;
        return count;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    }
  }
}

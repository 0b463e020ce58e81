package chat.talk.http.internal.hub;

import chat.talk.http.BodySource;
import chat.talk.http.WebSocketText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** Frames as server-sent events (HTML, section 9.2). */
final class EventStream implements BodySource {
  /** A silent stream says so often that it is still there. */
  private static final Duration PING = Duration.ofSeconds(15);

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HELLO = ": hello\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SILENCE = ": silence\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Fetched source;
  private final Fetched.Batch first;
  private boolean hasBegun;
  private boolean isOver;

  /**
   * A stream.
   *
   * @param first what was fetched already
   */
  EventStream(Fetched source, Fetched.Batch first) {
    this.source = source;
    this.first = first;
    source.attach(this);
  }

  /** Says something at once, so that a client can tell it from one that something holds back. */
  @Override
  public CompletableFuture<@Nullable ByteBuffer> next() {
    if (!hasBegun) {
      hasBegun = true;
      ByteBuffer beginning = first.items().isEmpty() ? ByteBuffer.wrap(HELLO) : encode(first);
      return CompletableFuture.completedFuture(beginning);
    }
    if (isOver) {
      return CompletableFuture.completedFuture(null);
    }
    return source.next(this, PING).thenApply(this::encode);
  }

  private @Nullable ByteBuffer encode(Fetched.Batch batch) {
    isOver = batch.isLast();
    if (batch.items().isEmpty()) {
      return isOver ? null : ByteBuffer.wrap(SILENCE);
    }
    List<byte[]> ids = batch.items().stream().map(EventStream::id).toList();
    int size = ids.stream().mapToInt(id -> id.length + DATA.length + END.length).sum();
    for (Fetched.Item item : batch.items()) {
      size += item.frame().text().remaining();
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (int i = 0; i < ids.size(); i++) {
      WebSocketText frame = batch.items().get(i).frame();
      bytes.put(ids.get(i)).put(DATA).put(frame.text()).put(END);
    }
    return bytes.flip();
  }

  /** How to resume behind it. */
  private static byte[] id(Fetched.Item item) {
    String line = item.place() == null ? "" : "id: " + item.place() + "\n";
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /** What was on its way may be lost: the client goes on over another one. */
  @Override
  public void close() {
    source.detach(this);
  }
}

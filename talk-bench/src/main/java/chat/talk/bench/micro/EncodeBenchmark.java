package chat.talk.bench.micro;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.json.EntryCache;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Chunk;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a hub does once for all readers of a chunk: its JSON, in a WebSocket's frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
  /** More entries than the hub keeps the JSON of. */
  private static final int MANY = 16_384;

  /** How many messages a chunk holds. */
  @Param({"1", "16", "128"})
  int entries;

  /** Whether their JSON is known, since their authors' answers have it too. */
  @Param({"true", "false"})
  boolean known;

  private final EntryCache latest = new EntryCache();
  private Chunk[] chunks;
  private int next;

  /** Makes the chunks. */
  @Setup
  public void makeChunks() {
    chunks = new Chunk[known ? 1 : MANY / entries];
    Arrays.setAll(chunks, i -> chunk(1_000_000 + i * entries));
  }

  private Chunk chunk(int after) {
    return new Chunk(
        Messages.GENERAL,
        new Cursor(1, after),
        IntStream.rangeClosed(after + 1, after + entries)
            .mapToObj(place -> new Entry(new Cursor(1, place), Messages.one()))
            .toList(),
        new Cursor(1, after + entries));
  }

  /** One chunk. */
  @Benchmark
  public WebSocketText chunk() {
    next = (next + 1) % chunks.length;
    return HubFrame.entries(chunks[next], latest);
  }
}

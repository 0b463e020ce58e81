package chat.talk.bench.micro;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Chunk;
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
  private static final int FIRST = 1_000_000;

  /** How many messages the chunk holds. */
  @Param({"1", "16", "128"})
  int entries;

  private Chunk chunk;

  /** Makes the chunk. */
  @Setup
  public void makeChunk() {
    chunk =
        new Chunk(
            Messages.GENERAL,
            new Cursor(1, FIRST),
            IntStream.rangeClosed(FIRST + 1, FIRST + entries)
                .mapToObj(place -> new Entry(new Cursor(1, place), Messages.one()))
                .toList(),
            new Cursor(1, FIRST + entries));
  }

  /** One chunk. */
  @Benchmark
  public WebSocketText chunk() {
    return WebSocketText.of(HubFrame.entries(chunk).readByteArray());
  }
}

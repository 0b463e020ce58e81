package chat.talk.bench.micro;

import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Appended;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** New messages go into a storage, a group in one commit; to make them is counted, too. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {
  /** Which storage. */
  @Param({"memory", "sqlite"})
  String storage;

  /** How many messages are committed at a time. */
  @Param({"1", "16", "256"})
  int group;

  private OpenStorage open;
  private HubStorage kept;

  /** Messages a second, beside the groups. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Count {
    /** How many have been committed. */
    public long messages;
  }

  /** Opens the storage. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    open = OpenStorage.of(storage);
    kept = open.storage();
  }

  /** One group. */
  @Benchmark
  public List<Appended> commit(Count count) {
    List<Appended> appended = kept.commit(Messages.group(group));
    count.messages += appended.size();
    return appended;
  }

  /** Takes the storage away. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    open.close();
  }
}

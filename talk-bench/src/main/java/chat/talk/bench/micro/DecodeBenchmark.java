package chat.talk.bench.micro;

import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.room.Command;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How a hub reads what its clients send most: a message, and how far they have read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
  private static final long REQUEST = 10_000_000;

  // Not final, so that the compiler does not know what it reads.
  private String send =
      ClientFrame.write(
          new ClientFrame.Ask(
              REQUEST, new Command.Send(Draft.of(Messages.GENERAL, Messages.TEXT))));
  private String acknowledge =
      ClientFrame.write(
          new ClientFrame.Ask(
              REQUEST,
              new Command.Acknowledge(Map.of(Messages.GENERAL, new Cursor(1, 1_000_000)), true)));

  /** A message of 128 bytes. */
  @Benchmark
  public ClientFrame send() {
    return ClientFrame.read(send);
  }

  /** How far it has come. */
  @Benchmark
  public ClientFrame acknowledge() {
    return ClientFrame.read(acknowledge);
  }
}

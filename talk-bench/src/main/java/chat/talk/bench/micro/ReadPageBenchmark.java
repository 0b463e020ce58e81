package chat.talk.bench.micro;

import chat.talk.Cursor;
import chat.talk.Page;
import chat.talk.room.HubStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** A page of a log that is read from its first entry to its last, again and again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadPageBenchmark {
  private static final int GROUP = 1000;

  /** Which storage. */
  @Param({"memory", "sqlite"})
  String storage;

  /** How many messages are read at a time. */
  @Param({"20", "128"})
  int page;

  /** How many the log holds. */
  int length = 100_000;

  private OpenStorage open;
  private HubStorage kept;
  private final List<Cursor> places = new ArrayList<>();
  private int next;

  /** Opens the storage, and fills it. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    open = OpenStorage.of(storage);
    kept = open.storage();
    for (int i = 0; i < length; i += GROUP) {
      kept.commit(Messages.group(GROUP));
    }
    findPlaces();
  }

  private void findPlaces() {
    Cursor place = Cursor.START;
    Page read;
    do {
      places.add(place);
      read = kept.readAfter(Messages.GENERAL, place, page);
      place = read.next();
    } while (!read.atEnd());
  }

  /** One page. */
  @Benchmark
  public Page readAfter() {
    Cursor place = places.get(next);
    next = (next + 1) % places.size();
    return kept.readAfter(Messages.GENERAL, place, page);
  }

  /** Takes the storage away. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    open.close();
  }
}

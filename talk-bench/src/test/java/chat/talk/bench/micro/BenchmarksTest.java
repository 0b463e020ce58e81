package chat.talk.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.talk.http.internal.json.ClientFrame;
import chat.talk.room.Command;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each benchmark does what it says it measures. */
class BenchmarksTest {
  @Test
  void aChunkIsEncodedWithAllItsMessages() {
    EncodeBenchmark benchmark = new EncodeBenchmark();
    benchmark.entries = 16;
    benchmark.makeChunks();
    String frame = new String(benchmark.chunk().frame(), StandardCharsets.UTF_8);
    assertEquals(16 + 1, frame.split(Messages.TEXT, -1).length);
  }

  @Test
  void framesAreReadAsWhatTheyAre() {
    DecodeBenchmark benchmark = new DecodeBenchmark();
    assertInstanceOf(Command.Send.class, command(benchmark.send()));
    assertInstanceOf(Command.Acknowledge.class, command(benchmark.acknowledge()));
  }

  private static Command<?> command(ClientFrame frame) {
    return assertInstanceOf(ClientFrame.Ask.class, frame).command();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite"})
  void everyGroupIsNew(String storage) throws Exception {
    AppendBenchmark benchmark = new AppendBenchmark();
    benchmark.storage = storage;
    benchmark.group = 16;
    benchmark.open();
    try {
      AppendBenchmark.Count count = new AppendBenchmark.Count();
      benchmark.commit(count);
      assertTrue(benchmark.commit(count).stream().allMatch(appended -> appended.isNew()));
      assertEquals(32, count.messages);
    } finally {
      benchmark.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "sqlite"})
  void pagesFollowEachOtherAndBeginAnew(String storage) throws Exception {
    ReadPageBenchmark benchmark = new ReadPageBenchmark();
    benchmark.storage = storage;
    benchmark.page = 400;
    benchmark.length = 1000;
    benchmark.fill();
    try {
      assertEquals(400, benchmark.readAfter().entries().size());
      assertEquals(400, benchmark.readAfter().entries().size());
      assertEquals(200, benchmark.readAfter().entries().size());
      assertEquals(400, benchmark.readAfter().entries().size());
    } finally {
      benchmark.close();
    }
  }

  @Test
  void everyReaderGetsWhatWasSent() throws Exception {
    FanOutBenchmark benchmark = new FanOutBenchmark();
    benchmark.readers = 3;
    benchmark.group = 5;
    benchmark.open();
    try {
      FanOutBenchmark.Count count = new FanOutBenchmark.Count();
      benchmark.sendToAll(count);
      benchmark.sendToAll(count);
      assertEquals(30, count.deliveries);
    } finally {
      benchmark.close();
    }
  }
}

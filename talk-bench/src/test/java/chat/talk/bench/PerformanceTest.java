package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.HttpServer;
import chat.talk.http.HubApi;
import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.room.Hub;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PerformanceTest {
  private static final NetOptions TINY =
      NetOptions.of(
          "runs=1",
          "warmup=0.1",
          "seconds=0.2",
          "begin=0",
          "lone=0.1",
          "rest=0",
          "first=5",
          "readers=5",
          "chats=2",
          "members=3",
          "active=3",
          "last=1",
          "rate=50",
          "jvm=-XX:TieredStopAtLevel=1");

  @TempDir private Path folder;

  @Test
  void everyRowIsMeasuredAndWrittenDown() throws Exception {
    List<String> rows = List.of("A", "B", "C", "D", "E", "F", "G");
    Map<String, List<Integer>> sweeps = Map.of(Plan.GROWTH, List.of(6), Plan.READERS, List.of(1));
    Findings findings = measure(rows, sweeps, new TalkInProcess());
    assertThat(findings.rows())
        .allMatch(row -> !Double.isNaN(row.median(Result.TALK).value()))
        .extracting(Result::key)
        .containsExactlyElementsOf(rows);
    assertThat(findings.isTalkRight()).isTrue();
    assertThat(findings.rows())
        .as("one short run is too little to judge by")
        .extracting(MarkdownTable::reached)
        .containsOnly("–");

    new Report(folder).write(findings);
    assertThat(Files.readString(folder.resolve("performance.md")))
        .contains("**A** 1 sends to 5 readers, deliveries/s", "(performance/latency.svg)");
    for (String name : List.of("latency", "login", "crowded", "throughput", "delivery")) {
      LineChartTest.parse(Files.readString(folder.resolve("performance/" + name + ".svg")));
    }
    assertThat(TextTable.of(findings.rows())).contains("1 sends to 5 readers, deliveries/s");
  }

  @Test
  void aServerHasAProcessOfItsOwn() throws Exception {
    Findings findings =
        measure(List.of("A", "H"), Map.of(Plan.OPENING, List.of(3)), Contenders.TALK);
    assertThat(findings.isTalkRight()).isTrue();
    assertThat(findings.rows().get(1).figures())
        .containsOnlyKeys(StorageRow.BARE, Result.TALK, StorageRow.HALF, StorageRow.STORAGE);
    assertThat(findings.sweeps().get(Plan.OPENING).get(3).median(Result.TALK).value()).isPositive();
  }

  @Test
  void aServerThatDoesNotStartIsAFailureOfItsOwn() throws Exception {
    Contender broken = new BrokenContender();
    Result result = new Comparison("A", NetRows.of("A", TINY), TINY).run(List.of(broken));
    assertThat(result.isRight(Result.TALK)).isFalse();
    assertThat(result.isReached()).isFalse();
    assertThat(TextTable.of(List.of(result))).contains("failed", "INCOMPLETE", "out of order");
    assertThat(MarkdownTable.of(List.of(result))).contains("failed **incomplete**");
  }

  @Test
  void aRunEndsWithTheProgramThatBeganIt() throws Exception {
    List<String> options = List.of("-XX:TieredStopAtLevel=1", Cores.option());
    List<String> command =
        ChildProcess.command(
            List.of(), Performance.class, options, "pinned", "rows=A", "seconds=600", "talk");
    command.add("folder=" + folder);
    Process run =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader output = run.inputReader(StandardCharsets.UTF_8)) {
      assertThat(firstLine(output)).contains("load average before");
      assertThat(output.readLine()).isEqualTo("A");
      run.outputWriter(StandardCharsets.UTF_8).close();
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      run.destroyForcibly();
    }
    assertThat(leftIn(folder)).isZero();
  }

  /** But for warnings. */
  private static String firstLine(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line.startsWith("beware")) {
      line = output.readLine();
    }
    return line;
  }

  private Findings measure(
      List<String> rows, Map<String, List<Integer>> sweeps, Contender contender) throws Exception {
    Path servers = Files.createDirectory(folder.resolve("servers"));
    Findings findings =
        Findings.of(
            new Plan(true, rows, sweeps, Map.of()),
            List.of(contender),
            TINY.with(NetOptions.of("folder=" + servers)));
    assertThat(leftIn(servers)).isZero();
    return findings;
  }

  private static long leftIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  /** Talk, but its server doesn't take the time to start a JVM. */
  private static class TalkInProcess implements Contender {
    @Override
    public String name() {
      return Contenders.TALK.name();
    }

    @Override
    public String title() {
      return Contenders.TALK.title();
    }

    @Override
    public ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
      Database database = Database.open(folder.resolve("talk.db").toString());
      Hub hub = HubEngine.builder(database.storage()).open();
      HttpServer server = HubApi.serve(hub, HttpServer.builder()).start();
      return ServerProcess.here(
          this,
          server.port(),
          () -> {
            server.close();
            hub.close();
            database.close();
          });
    }

    @Override
    public Conversation converse(
        Conversation.Client client, MarkScanner marks, int user, String room) {
      return Contenders.TALK.converse(client, marks, user, room);
    }

    @Override
    public byte[] send(String room, String text) {
      return Contenders.TALK.send(room, text);
    }

    @Override
    public List<byte[]> make(String room, List<Integer> guests) {
      return Contenders.TALK.make(room, guests);
    }

    @Override
    public List<byte[]> enter(String room) {
      return Contenders.TALK.enter(room);
    }
  }

  private static final class BrokenContender extends TalkInProcess {
    @Override
    public ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
      throw new IOException("out of order");
    }
  }
}

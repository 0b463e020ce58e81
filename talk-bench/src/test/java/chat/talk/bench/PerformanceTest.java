package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

@Timeout(120)
class PerformanceTest {
  private static final NetOptions TINY =
      NetOptions.of(
          "runs=1",
          "warmup=0.1",
          "seconds=0.2",
          "begin=0",
          "lone=0.1",
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
    Findings findings = measure(Plan.ROWS, Map.of(Plan.GROWTH, List.of(8)));
    assertThat(findings.rows()).hasSize(8).allMatch(row -> row.isRight(Result.TALK));
    assertThat(findings.rows())
        .allMatch(row -> !Double.isNaN(row.median(Result.TALK).value()))
        .extracting(Result::key)
        .containsExactlyElementsOf(Plan.ROWS);
    assertThat(findings.isTalkRight()).isTrue();

    new Report(folder).write(findings);
    String page = Files.readString(folder.resolve("performance.md"));
    assertThat(page).contains("**A** 1 sends to 5 readers").contains("(performance/latency.svg)");
    for (String picture : List.of("latency", "login", "crowded")) {
      parse(Files.readString(folder.resolve("performance/" + picture + ".svg")));
    }
    assertThat(TextTable.of(findings.rows())).contains("acknowledged and on disk, 256 in flight");
    assertThat(leftIn(folder)).isEqualTo(2);
  }

  private Findings measure(List<String> rows, Map<String, List<Integer>> sweeps) throws Exception {
    Path servers = Files.createDirectory(folder.resolve("servers"));
    Findings findings =
        Findings.of(
            new Plan(rows, sweeps, Map.of()),
            List.of(Contenders.TALK),
            TINY.with(NetOptions.of("folder=" + servers)));
    assertThat(leftIn(servers)).isZero();
    Files.delete(servers);
    return findings;
  }

  private static long leftIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static void parse(String xml) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}

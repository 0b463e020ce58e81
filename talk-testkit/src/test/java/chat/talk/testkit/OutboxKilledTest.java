package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.HubClient;
import chat.talk.room.Outbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application is killed while it writes its outbox, or its disk is full. */
@Timeout(120)
final class OutboxKilledTest {
  private static final int KILLS = 6;
  private static final int MOST_PRINTED = 60;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("outbox");
  }

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-Xmx64m",
          "-cp",
          System.getProperty("java.class.path"),
          OfflineSender.class.getName());

  private Process start(List<String> prefix, int first, int words) throws IOException {
    List<String> arguments =
        List.of(file().toString(), String.valueOf(first), String.valueOf(words));
    List<String> command = Stream.of(prefix, JAVA, arguments).flatMap(List::stream).toList();
    return new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
  }

  /** What it says until it is killed, after so many lines, with what was under way. */
  private static List<String> killAfter(Process process, int lines) throws IOException {
    List<String> said = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      for (; line != null; line = output.readLine()) {
        said.add(line);
        if (said.size() == lines) {
          process.toHandle().destroyForcibly(); // And its output can be read on.
        }
      }
    } finally {
      process.destroyForcibly().onExit().join();
    }
    return said;
  }

  @Test
  void whatAnOutboxHadWhenItsApplicationWasKilledArrivesOnceAndInOrder() throws IOException {
    Random random = new Random();
    List<String> said = new ArrayList<>();
    for (int life = 0; life < KILLS; life++) {
      Process process = start(List.of(), 1000 * life, random.nextInt(40));
      said.addAll(killAfter(process, 1 + random.nextInt(MOST_PRINTED)));
    }
    List<String> left = values(OfflineSender.ids(Outbox.file(file())));
    assertThat(left).containsSubsequence(said).doesNotHaveDuplicates();
    for (int life = 0; life < KILLS; life++) {
      assertThat(ofLife(left, life)).hasSizeBetween(ofLife(said, life).size(), 1000);
    }
    assertThat(arrived()).isEqualTo(left);
    assertThat(Outbox.file(file()).waiting()).isEmpty();
  }

  private static List<String> values(List<MessageId> ids) {
    return ids.stream().map(MessageId::value).toList();
  }

  /** Those that were written are the first ones of their life, without a hole. */
  private static List<String> ofLife(List<String> ids, int life) {
    List<String> own = new ArrayList<>();
    ids.stream().filter(id -> Integer.parseInt(id.substring(1)) / 1000 == life).forEach(own::add);
    assertThat(own)
        .isEqualTo(IntStream.range(0, own.size()).mapToObj(i -> "m" + (1000 * life + i)).toList());
    return own;
  }

  /** What a hub gets from the next client. */
  private List<String> arrived() {
    try (LittleHub hub = new LittleHub(OfflineSender.CHAT, UserName.of("alice"))) {
      Outbox outbox = Outbox.file(file());
      HubClient client = HubClient.join(hub, OfflineSender.TOKEN).outbox(outbox).open();
      try (client) {
        Await.until("all is answered", () -> outbox.waiting().isEmpty());
      }
      return hub.log().stream().map(Entry::event).map(event -> event.key().id().value()).toList();
    }
  }

  @Test
  void oneProcessHasTheFileAtATime() throws IOException {
    Process process = start(List.of(), 0, 1);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("m0");
      Outbox outbox = Outbox.file(file());
      assertThatThrownBy(
              () ->
                  HubClient.join(new OfflineSender.Away(), OfflineSender.TOKEN)
                      .outbox(outbox)
                      .open())
          .hasFieldOrPropertyWithValue("code", Code.CONFLICT);
      assertThat(OfflineSender.ids(outbox)).contains(MessageId.of("m0"));
    } finally {
      process.destroyForcibly().onExit().join();
    }
    assertThat(arrived()).contains("m0");
  }

  @Test
  void whatAFullDiskDoesNotTakeFailsAndIsNotKept() throws IOException {
    List<String> limited = List.of("sh", "-c", "ulimit -f 300; exec \"$@\"", "sh");
    List<String> said = killAfter(start(limited, 0, 300), 250);
    assertThat(said.subList(0, 10)).allMatch(line -> line.startsWith("m"));
    assertThat(said.subList(0, 250)).contains("STORAGE").allMatch(OutboxKilledTest::isExpected);
    List<String> kept = said.stream().filter(line -> line.startsWith("m")).toList();
    List<String> left = values(OfflineSender.ids(Outbox.file(file())));
    assertThat(left).startsWith(kept.toArray(String[]::new));
    assertThat(left.size()).isLessThanOrEqualTo(kept.size() + OfflineSender.MOST_AT_ONCE);
    assertThat(arrived()).isEqualTo(left);
  }

  private static boolean isExpected(String line) {
    return line.startsWith("m") || line.equals("STORAGE");
  }
}

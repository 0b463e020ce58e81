package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.http.HubJson;
import chat.talk.http.WebSocketText;
import chat.talk.room.Command;
import chat.talk.room.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/** Holds the codecs to the golden files, byte for byte, and the golden files to be complete. */
final class GoldenJsonTest {
  /** One file. */
  record Sample(String kind, String name, String json) {
    String tag() {
      return name.replaceFirst("-.*", "");
    }

    @Override
    public String toString() {
      return kind + "/" + name;
    }
  }

  private static List<Sample> in(String kind) {
    try (Stream<Path> files = Files.list(GoldenFiles.FOLDER.resolve(kind))) {
      return files.sorted().map(file -> sample(kind, file)).toList();
    } catch (IOException e) {
      throw new AssertionFailedError("no files of " + kind, e);
    }
  }

  private static Sample sample(String kind, Path file) {
    try {
      String name = file.getFileName().toString().replace(".json", "");
      String text = Files.readString(file);
      assertThat(text).as(name).endsWith("}\n");
      return new Sample(kind, name, text.substring(0, text.length() - 1));
    } catch (IOException e) {
      throw new AssertionFailedError("can't read " + file, e);
    }
  }

  static List<Sample> ofClients() {
    return Stream.of("client", "commands").flatMap(kind -> in(kind).stream()).toList();
  }

  static List<Sample> ofHubs() {
    return Stream.of("answers", "entries", "notices", "errors", "session")
        .flatMap(kind -> in(kind).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ofClients")
  void frameOfClientIsReadAndWrittenByteForByte(Sample sample) {
    assertThat(ClientFrame.write(ClientFrame.read(sample.json))).isEqualTo(sample.json);
  }

  @ParameterizedTest
  @MethodSource("ofHubs")
  void frameOfHubIsReadAndWrittenByteForByte(Sample sample) {
    Command<?> asked = sample.kind.equals("answers") ? command(sample.tag()) : null;
    HubFrame frame = HubFrame.read(sample.json, request -> asked);
    assertThat(text(write(frame, asked))).isEqualTo(sample.json);
  }

  @ParameterizedTest
  @MethodSource("ofHubs")
  void valuesAreWrittenByThemselvesAsInAFrame(Sample sample) {
    Command<?> asked = sample.kind.equals("answers") ? command(sample.tag()) : null;
    HubFrame frame = HubFrame.read(sample.json, request -> asked);
    if (frame instanceof HubFrame.Noticed noticed) {
      assertThat(HubJson.notice(noticed.notice())).isEqualTo(sample.json);
    } else if (frame instanceof HubFrame.Answer answer && answer.value() != null) {
      assertThat(sample.json).endsWith("\"value\":" + HubJson.value(answer.value()) + "}");
    } else if (frame instanceof HubFrame.Entries entries) {
      Entry entry = entries.chunk().entries().get(0);
      String chat = ",\"chat\":\"" + entry.event().chat() + "\"";
      assertThat(HubJson.entry(entry)).contains(chat);
      assertThat(sample.json).contains("\"entries\":[" + HubJson.entry(entry).replace(chat, ""));
      assertThat(HubJson.entry(HubJson.entry(entry))).isEqualTo(entry);
    }
  }

  private static Command<?> command(String type) {
    return in("commands").stream()
        .filter(sample -> sample.name.equals(type))
        .map(sample -> ((ClientFrame.Ask) ClientFrame.read(sample.json)).command())
        .findFirst()
        .orElseThrow();
  }

  private static String text(WebSocketText frame) {
    return StandardCharsets.UTF_8.decode(frame.text()).toString();
  }

  private static WebSocketText write(HubFrame frame, Command<?> asked) {
    if (frame instanceof HubFrame.Answer answer) {
      return HubFrame.answer(answer.request(), asked, answer.value(), new EntryCache());
    }
    if (frame instanceof HubFrame.Failed failed) {
      return HubFrame.failed(failed.request(), failed.why());
    }
    if (frame instanceof HubFrame.Entries entries) {
      return HubFrame.entries(entries.chunk(), new EntryCache());
    }
    if (frame instanceof HubFrame.Noticed noticed) {
      return HubFrame.notice(noticed.notice());
    }
    if (frame instanceof HubFrame.Connected connected) {
      return HubFrame.connected(connected.user(), connected.device());
    }
    return HubFrame.end(((HubFrame.End) frame).why());
  }

  @ParameterizedTest
  @MethodSource("ofClients")
  void unknownFieldIsPassedOverAndAKnownOneGivenTwiceRefused(Sample sample) {
    String more = sample.json.replaceFirst("\\{", "{\"xNew\":{\"a\":[1,null]},");
    assertThat(ClientFrame.write(ClientFrame.read(more))).isEqualTo(sample.json);
    if (sample.json.contains("\"chat\":")) {
      String twice = sample.json.replaceFirst("\"chat\":", "\"chat\":\"x\",\"chat\":");
      assertThatThrownBy(() -> ClientFrame.read(twice))
          .isInstanceOf(ChatException.class)
          .hasMessageContaining("given twice");
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void chatOfAFrameIsThatOfItsEntriesWhoMayTellItToo(Sample sample) {
    String chat = sample.json.replaceFirst(".*?(\"chat\":\"[^\"]*\").*", "$1");
    HubFrame.Entries read = entries(sample.json);
    assertThat(read.chunk().entries().get(0).event().chat()).isEqualTo(read.chunk().chat());
    String last = sample.json.replaceFirst(chat + ",", "").replaceFirst("}$", "," + chat + "}");
    String twice = sample.json.replace("\"cursor\"", chat + ",\"cursor\"");
    for (String other : List.of(last, twice)) {
      assertThat(entries(other).chunk().entries()).isEqualTo(read.chunk().entries());
    }
    for (String bad :
        List.of(
            sample.json.replaceFirst(chat + ",", ""),
            sample.json.replace("\"cursor\"", "\"chat\":\"other\",\"cursor\""),
            twice.replace("\"cursor\"", chat + ",\"cursor\""))) {
      assertThatThrownBy(() -> entries(bad))
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    }
  }

  @Test
  void textThatIsNoUnicodeIsNoEntry() {
    String alone =
        "{\"type\":\"message\",\"cursor\":\"3-8\",\"chat\":\"general\",\"id\":\"m-1\",\"author\":\"bob\","
            + "\"text\":\"%s\",\"time\":\"2026-01-31T12:00:00Z\"}";
    assertThat(HubJson.entry(HubJson.entry(alone.formatted("😀"))))
        .isEqualTo(alone.formatted("😀"));
    for (String half : List.of("\ud83d", "\\ud83d", "a\ude00\ud83d")) {
      String bad = alone.formatted(half);
      assertThatThrownBy(() -> HubJson.entry(bad))
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    }
  }

  private static HubFrame.Entries entries(String json) {
    return (HubFrame.Entries) HubFrame.read(json, request -> null);
  }

  static List<Sample> entries() {
    return in("entries");
  }

  @ParameterizedTest
  @MethodSource("ofClients")
  void whatAFrameOfAClientIsAndAsksIsToldOnce(Sample sample) {
    for (String field : List.of("type", "request")) {
      String twice = sample.json.replaceFirst("(\"" + field + "\":[^,}]+)(.*)}", "$1$2,$1}");
      if (!twice.equals(sample.json)) {
        assertThatThrownBy(() -> ClientFrame.read(twice))
            .isInstanceOf(ChatException.class)
            .hasMessageContaining(field + " is given twice");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ofHubs")
  void whatAFrameOfAHubIsIsToldOnce(Sample sample) {
    Command<?> asked = sample.kind.equals("answers") ? command(sample.tag()) : null;
    String twice = sample.json.replaceFirst("(\"type\":[^,}]+)(.*)}", "$1$2,$1}");
    assertThatThrownBy(() -> HubFrame.read(twice, request -> asked))
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("type is given twice");
  }

  @Test
  void eachKindOfCommandHasAFile() {
    assertThat(tags("commands")).isEqualTo(kinds(Command.class));
  }

  @Test
  void eachAnswerThatSaysSomethingHasAFile() {
    Set<String> speaking = new TreeSet<>();
    for (Class<?> kind : Command.class.getPermittedSubclasses()) {
      if (Codecs.answer(kind) != null) {
        speaking.add(TaggedCodec.tag(kind));
      }
    }
    speaking.add("acknowledge");
    assertThat(tags("answers")).isEqualTo(speaking);
  }

  @Test
  void eachKindOfLoginEntryNoticeAndErrorHasAFile() {
    Set<String> logins =
        in("client").stream()
            .filter(sample -> sample.tag().equals("connect"))
            .map(sample -> sample.name.replaceFirst(".*-", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(logins).isEqualTo(kinds(Login.class));
    Set<String> events = kinds(Event.class);
    events.remove(TaggedCodec.tag(ChatMessage.class));
    events.add("message");
    assertThat(tags("entries")).isEqualTo(events);
    assertThat(tags("notices")).isEqualTo(kinds(Notice.class));
    Set<String> codes =
        Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toCollection(TreeSet::new));
    assertThat(tags("errors")).isEqualTo(codes);
  }

  private static Set<String> tags(String kind) {
    return in(kind).stream().map(Sample::tag).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> kinds(Class<?> type) {
    return all(type).map(TaggedCodec::tag).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Class<?>> all(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(GoldenJsonTest::all)
        : Stream.of(type);
  }
}

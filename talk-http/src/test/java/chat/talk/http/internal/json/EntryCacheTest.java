package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryCacheTest {
  private static final int SLOTS = 4_096;
  private static final ChatId GENERAL = ChatId.of("general");

  private final EntryCache cache = new EntryCache();

  private static Entry entry(long place, String text) {
    return new Entry(
        new Cursor(1, place),
        new ChatMessage(
            GENERAL,
            MessageId.of("m-" + place),
            UserName.of("bob"),
            text,
            Instant.parse("2026-01-31T12:00:00Z")));
  }

  /** Without their chat, which is told beside them. */
  private static String plainly(List<Entry> entries) {
    String alone = Json.encode(out -> Values.list(Codecs.ENTRIES).write(out, entries)).text();
    return alone.replace("\"chat\":\"general\",", "");
  }

  private static String plainly(Entry entry) {
    return Json.encode(out -> Codecs.ENTRIES.write(out, entry)).text();
  }

  private String cached(List<Entry> entries) {
    return Json.encode(out -> cache.writeAll(out, entries, GENERAL)).text();
  }

  @Test
  void entriesAreWrittenAsWithoutItWhicheverAreKnown() {
    Random random = new Random(1);
    List<Entry> all = IntStream.range(0, 100).mapToObj(i -> entry(i, "text " + i)).toList();
    for (int i = 0; i < 1_000; i++) {
      int from = random.nextInt(all.size());
      List<Entry> some = all.subList(from, from + random.nextInt(Math.min(5, 101 - from)));
      assertThat(cached(some)).isEqualTo(plainly(some));
    }
  }

  @Test
  void valueBehindANameIsWrittenAsWithoutIt() {
    Entry entry = entry(1, "x");
    for (int i = 0; i < 3; i++) {
      JsonOut out = new JsonOut().beginObject().name("a").value(1);
      cache.write(out.name("value"), entry);
      assertThat(out.name("b").value(2).endObject().text())
          .isEqualTo("{\"a\":1,\"value\":" + plainly(entry) + ",\"b\":2}");
      assertThat(cached(List.of(entry))).isEqualTo(plainly(List.of(entry)));
    }
  }

  @Test
  void entryOfAnotherChatTellsItsOwn() {
    List<Entry> some = List.of(entry(1, "x"), entry(2, ",\"chat\":\"general\""));
    ChatId other = ChatId.of("genera");
    for (int i = 0; i < 2; i++) {
      assertThat(Json.encode(out -> cache.writeAll(out, some, other)).text())
          .isEqualTo("[" + plainly(some.get(0)) + "," + plainly(some.get(1)) + "]");
    }
  }

  @Test
  void whatTakesItsPlaceIsWrittenAsItIs() {
    assertThat(cached(List.of(entry(7, "before")))).contains("before");
    assertThat(cached(List.of(entry(7, "after")))).contains("after").doesNotContain("before");
    assertThat(cached(List.of(entry(7 + SLOTS, "other")))).contains("other");
  }

  @Test
  void largeOneIsWrittenEachTime() {
    List<Entry> large = List.of(entry(1, "é".repeat(2_000)), entry(2, "x".repeat(2_000)));
    assertThat(cached(large)).isEqualTo(plainly(large));
    assertThat(cached(large)).isEqualTo(plainly(large));
  }
}

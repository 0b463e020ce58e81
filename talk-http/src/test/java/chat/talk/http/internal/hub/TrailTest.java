package chat.talk.http.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrailTest {
  private final Trails trails = new Trails(100_000_000);

  private Trail begin() {
    return trails.from("", "ada").trail();
  }

  private Map<ChatId, Cursor> places(String token) {
    return trails.from(token, "ada").places();
  }

  private void gone(String token) {
    assertThatThrownBy(() -> places(token))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.GONE));
  }

  private static ChatId chat(int i) {
    return ChatId.of("chat-number-" + i);
  }

  private static Cursor cursor(int i) {
    return new Cursor(7, i);
  }

  @Test
  void tokenOfEachStepMeansThePlacesThere() {
    Random random = new Random(3);
    Trail trail = begin();
    Map<ChatId, Cursor> now = new HashMap<>();
    Map<String, Map<ChatId, Cursor>> all = new LinkedHashMap<>();
    for (int i = 1; i <= 3_000 + Trail.MAX_STEPS / 2; i++) {
      ChatId chat = chat(random.nextInt(500));
      now.put(chat, cursor(i));
      String token = trail.step(chat, cursor(i));
      assertThat(token.length()).isLessThanOrEqualTo(Trail.LONGEST);
      if (i > 3_000) {
        all.put(token, new HashMap<>(now));
      }
    }
    all.forEach((token, then) -> assertThat(places(token)).isEqualTo(then));
  }

  @Test
  void tokenOfAFewPlacesMeansThemAnywhere() {
    Trail trail = begin();
    trail.step(chat(1), cursor(5));
    String token = trail.step(chat(2), cursor(6));
    assertThat(new Trails().from(token, "bob").places())
        .isEqualTo(Map.of(chat(1), cursor(5), chat(2), cursor(6)));
  }

  @Test
  void tokenStaysTheSameWhileNothingMoves() {
    String token = walk(begin(), 0, 300);
    assertThat(trails.from(token, "ada").trail().token()).isEqualTo(token);
    assertThat(trails.from("", "ada").trail().token()).isEmpty();
  }

  /** Steps in as many chats; the last token. */
  private static String walk(Trail trail, int first, int count) {
    String token = trail.token();
    for (int i = first; i < first + count; i++) {
      token = trail.step(chat(i), cursor(1));
    }
    return token;
  }

  @Test
  void oneGoesOnAsOftenAsNeedBeFromTheLastTwo() {
    String first = walk(begin(), 0, 300);
    String second = walk(trails.from(first, "ada").trail(), 300, 50);
    String again = walk(trails.from(first, "ada").trail(), 300, 50);
    assertThat(again).isNotEqualTo(second);
    assertThat(places(again)).hasSize(350).isNotEqualTo(places(first));
    walk(trails.from(again, "ada").trail(), 350, 10);
    gone(first);
    assertThat(places(again)).hasSize(350);
  }

  @Test
  void stepsOfLongAgoAreForgotten() {
    Trail trail = begin();
    String early = walk(trail, 0, 300);
    String late = "";
    for (int i = 0; i < Trail.MAX_STEPS; i++) {
      late = trail.step(chat(0), cursor(2 + i));
    }
    trail.step(chat(0), cursor(10_000));
    assertThat(places(late)).hasSize(300).containsEntry(chat(0), cursor(1 + Trail.MAX_STEPS));
    gone(early);
  }

  @Test
  void trailsOfManyAreBounded() {
    Trails few = new Trails(250_000);
    String[] tokens = new String[10];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = walk(few.from("", "user" + i).trail(), 0, 300);
    }
    assertThat(few.from(tokens[9], "user9").places()).hasSize(300);
    assertThatThrownBy(() -> few.from(tokens[0], "user0")).hasMessageContaining("not known");
  }

  @Test
  void openTrailsThatGrowAreWeighedAsTheyDo() {
    Trails few = new Trails(1_000_000);
    Trail first = few.from("", "first").trail();
    String early = walk(first, 0, 300);
    Trail greedy = few.from("", "greedy").trail();
    String token = walk(greedy, 0, 8_000);
    assertThatThrownBy(() -> few.from(early, "first")).hasMessageContaining("not known");
    String late = first.step(chat(1), cursor(2));
    assertThatThrownBy(() -> few.from(late, "first")).hasMessageContaining("not known");
    assertThat(few.from(token, "greedy").places()).hasSize(8_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"~", "~x.1", "~.", "x", "a:b", ",", "~~~"})
  void whatIsNoTokenIsRefused(String token) {
    assertThatThrownBy(() -> trails.from(token, "ada")).isInstanceOf(ChatException.class);
  }
}

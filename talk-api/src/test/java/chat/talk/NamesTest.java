package chat.talk;

import static chat.talk.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User names, chat ids and message ids: three rules of one kind. */
final class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", "-", "_", "...", ".a", "a.", "-.-", "Bob_2-x.y", "....."})
  void userNameIsKeptAsItIs(String text) {
    assertThat(UserName.of(text).value()).isEqualTo(text);
    assertThat(UserName.of(text)).hasToString(text).isEqualTo(new UserName(text));
  }

  @Test
  void userNameHasAtMost64Characters() {
    assertThat(UserName.of("x".repeat(64)).value()).hasSize(64);
    assertInvalid(() -> UserName.of("x".repeat(65)), "1 to 64 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a~b", "a:b"})
  void userNameIsNarrowerThanIds(String text) {
    assertInvalid(() -> UserName.of(text), "user name", '"' + text + '"');
  }

  static Stream<String> notInAnyName() {
    return Stream.of(
        "",
        " ",
        " a",
        "a ",
        "a b",
        "a\n",
        "\na",
        "a\u0000",
        "a/b",
        "a\\b",
        "a%20b",
        "a+b",
        "a,b",
        "a@b",
        "a?b",
        "a#b",
        "é",
        "ａ",
        "٣",
        "ß",
        "a\u200Bb",
        "\u202Ea",
        "😀",
        "\uD83D",
        "\u212A");
  }

  @ParameterizedTest
  @MethodSource("notInAnyName")
  void otherCharactersAreRefused(String text) {
    assertInvalid(() -> UserName.of(text), "a user name is");
    assertInvalid(() -> ChatId.of(text), "a chat id is");
    assertInvalid(() -> MessageId.of(text), "a message id is");
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> UserName.of(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> ChatId.of(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> MessageId.of(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void refusalShowsLittleAndNothingThatMovesACursor() {
    assertInvalid(() -> UserName.of("a\u001b[2J\r\n\u202Eb\uD83D"), "\"a?[2J???b?\"");
    assertThatThrownBy(() -> UserName.of("y".repeat(100_000)))
        .message()
        .hasSizeLessThan(250)
        .endsWith("y…\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "~", "a~b", ".", "..", "-", "_", "general"})
  void chatIdIsKeptAsItIs(String text) {
    assertThat(ChatId.of(text)).hasToString(text).isEqualTo(new ChatId(text));
  }

  @Test
  void chatIdHasAtMost129Characters() {
    assertThat(ChatId.of("~".repeat(129)).value()).hasSize(129);
    assertInvalid(() -> ChatId.of("~".repeat(130)), "1 to 129 characters");
  }

  @Test
  void chatIdHasNoColon() {
    assertInvalid(() -> ChatId.of("a:b"), "\"a:b\"");
  }

  @Test
  void directChatIsTheSameWhoeverStartsIt() {
    UserName one = UserName.of("Bob");
    UserName other = UserName.of("alice");
    assertThat(ChatId.direct(one, other))
        .isEqualTo(ChatId.direct(other, one))
        .isEqualTo(ChatId.of("Bob~alice"));
  }

  @Test
  void directChatMayBeWithOneself() {
    assertThat(ChatId.direct(UserName.of("a"), UserName.of("a"))).isEqualTo(ChatId.of("a~a"));
  }

  @Test
  void longestNamesHaveADirectChat() {
    UserName one = UserName.of("a".repeat(64));
    UserName other = UserName.of("b".repeat(64));
    assertThat(ChatId.direct(one, other).value()).hasSize(ChatId.MAX_LENGTH);
  }

  @Test
  void directChatsOfDifferentUsersAreDifferent() {
    List<String> names = List.of("a", "b", "ab", "a-b", "a.b", "-", "A", "B");
    List<ChatId> chats =
        names.stream()
            .flatMap(one -> names.stream().filter(b -> one.compareTo(b) <= 0).map(b -> id(one, b)))
            .toList();
    assertThat(chats).hasSize(36).doesNotHaveDuplicates();
  }

  private static ChatId id(String one, String other) {
    return ChatId.direct(UserName.of(one), UserName.of(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "-", "_", ".", "..", ":", "~", "a:b~c.d_e-f", "0"})
  void messageIdIsKeptAsItIs(String text) {
    assertThat(MessageId.of(text)).hasToString(text).isEqualTo(new MessageId(text));
  }

  @Test
  void messageIdHasAtMost64Characters() {
    assertThat(MessageId.of(":".repeat(64)).value()).hasSize(64);
    assertInvalid(() -> MessageId.of(":".repeat(65)), "1 to 64 characters");
  }

  @Test
  void randomMessageIdsDiffer() {
    assertThat(Stream.generate(MessageId::random).limit(1000)).doesNotHaveDuplicates();
  }

  @Test
  void orderIsThatOfTheCharacters() {
    assertThat(Stream.of("b", "a", "B", "-", "ab").map(UserName::of).sorted())
        .extracting(UserName::value)
        .containsExactly("-", "B", "a", "ab", "b");
    assertThat(ChatId.of("a")).isLessThan(ChatId.of("b"));
    assertThat(MessageId.of("A")).isLessThan(MessageId.of("a"));
  }
}

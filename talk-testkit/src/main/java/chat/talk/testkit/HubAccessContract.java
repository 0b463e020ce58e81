package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.room.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link HubContract} about G9: nobody reads a chat while he is not in it. */
abstract class HubAccessContract extends HubLinkContract {
  /** What a member may ask about his chat, besides what only its owner may. */
  static List<Command<?>> membersCommands() {
    return List.of(
        new Command.Send(Draft.of(ROOM, "let me in")),
        new Command.ReadAfter(ROOM, Cursor.START, 9),
        new Command.ReadBefore(ROOM, Cursor.END, 9),
        new Command.MarkRead(ROOM, Cursor.START),
        new Command.Members(ROOM),
        new Command.Leave(ROOM),
        new Command.Type(ROOM, true));
  }

  static List<Command<?>> commandsAboutAChat() {
    return Stream.concat(membersCommands().stream(), ownersCommands().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("commandsAboutAChat")
  void strangerIsForbiddenEverything(Command<?> command) {
    Participant alice = join(ALICE);
    room(alice);
    alice.say(ROOM, "secret");
    List<Entry> before = alice.log(ROOM);
    Participant dave = join(DAVE);
    assertThat(dave.refusal(command)).isEqualTo(Code.FORBIDDEN);
    assertThat(alice.log(ROOM)).isEqualTo(before);
    assertThat(members(alice, ROOM)).containsExactlyInAnyOrder(ALICE, BOB);
  }

  @ParameterizedTest
  @MethodSource("commandsAboutAChat")
  void chatThatDoesNotExistLooksLikeOneThatIsForbidden(Command<?> command) {
    assertThat(join(DAVE).refusal(command)).isEqualTo(Code.FORBIDDEN);
  }

  @ParameterizedTest
  @MethodSource("commandsAboutAChat")
  void whoHasLeftIsAStranger(Command<?> command) {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    bob.ask(new Command.Leave(ROOM));
    boolean isRepeat = command instanceof Command.Leave;
    assertThat(bob.refusal(command)).isEqualTo(isRepeat ? null : Code.FORBIDDEN);
    assertThat(members(alice, ROOM)).containsExactly(ALICE);
  }

  @Test
  void messagesOfOtherChatsAreAsUnknownAsNone() {
    Participant alice = join(ALICE);
    room(alice);
    MessageKey secret = Participant.key(alice.say(ROOM, "secret"));
    Participant carol = join(CAROL);
    alice.admit(ROOM, carol);
    for (Participant outside : List.of(carol, join(DAVE))) {
      assertThat(outside.refusal(new Command.Find(secret))).isEqualTo(Code.NOT_FOUND);
      assertThat(outside.refusal(new Command.Comments(secret, Cursor.START, 9)))
          .isEqualTo(Code.NOT_FOUND);
      assertThat(outside.refusal(new Command.ReportMessage(secret, "bad")))
          .isEqualTo(Code.NOT_FOUND);
    }
  }

  @Test
  void whatWasSaidInBetweenIsHiddenFromWhoComesBack() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Entry between = leaveAndComeBack(alice, bob);
    assertThat(bob.history(ROOM)).containsExactly("before", "after");
    assertThat(bob.refusal(new Command.Find(Participant.key(between)))).isEqualTo(Code.NOT_FOUND);
    assertThat(bob.refusal(new Command.Comments(Participant.key(between), Cursor.START, 9)))
        .isEqualTo(Code.NOT_FOUND);
    Draft comment = Draft.of(ROOM, "on that").about(Participant.key(between));
    assertRefused(Code.NOT_FOUND, bob.client().send(comment));
    restart();
    assertThat(bob.history(ROOM)).containsExactly("before", "after");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void pagesPassOverWhatWasSaidInBetween(int limit) {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    leaveAndComeBack(alice, bob);
    assertThat(texts(forwards(bob, limit))).containsExactly("before", "after");
    assertThat(texts(backwards(bob, limit))).containsExactly("before", "after");
    assertThat(backwards(bob, limit)).isEqualTo(forwards(bob, limit));
  }

  @Test
  void pageFromAPlaceInBetweenBeginsBehindIt() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Entry between = leaveAndComeBack(alice, bob);
    Page after = bob.ask(new Command.ReadAfter(ROOM, between.cursor(), 100));
    assertThat(said(after)).containsExactly("after");
    Page before = bob.ask(new Command.ReadBefore(ROOM, between.cursor(), 100));
    assertThat(said(before)).containsExactly("before");
  }

  @Test
  void oldPlaceDoesNotLeakWhatWasSaidInBetween() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Entry before = alice.say(ROOM, "before");
    bob.heard().awaitTexts("before");
    bob.client().close();
    alice.ask(new Command.Remove(ROOM, BOB));
    alice.say(ROOM, "between");
    alice.ask(new Command.Invite(ROOM, BOB));
    Participant again = resume(bob, Map.of(ROOM, before.cursor()));
    again.ask(new Command.Accept(ROOM));
    alice.say(ROOM, "after");
    again.heard().awaitTexts("after");
    again.client().close();
    Participant third = resume(bob, Map.of(ROOM, before.cursor()));
    third.heard().awaitTexts("after");
    assertThat(third.heard().entries().toString()).doesNotContain("between");
    assertThat(again.heard().entries().toString()).doesNotContain("between");
  }

  @Test
  void commentsInBetweenAreHidden() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Entry message = alice.say(ROOM, "message");
    Entry seen = comment(alice, message, "seen");
    bob.ask(new Command.Leave(ROOM));
    comment(alice, message, "hidden");
    alice.admit(ROOM, bob);
    Entry later = comment(alice, message, "later");
    assertThat(comments(bob, message)).containsExactly(seen, later);
    assertThat(page(bob, message, Cursor.START, 1).entries()).containsExactly(seen);
  }

  @Test
  void whatWasSaidInBetweenIsNotUnread() {
    Participant alice = join(ALICE);
    alice.ask(new Command.Create(ROOM, "room"));
    Participant bob = joinUnreading(BOB);
    alice.admit(ROOM, bob);
    leaveAndComeBack(alice, bob);
    assertThat(bob.unread(ROOM)).isBetween(1L, 2L);
    markRead(bob, alice.say(ROOM, "read"));
    assertThat(bob.unread(ROOM)).isZero();
  }

  @Test
  void runningClientOfWhoComesBackHearsNothingOfWhatWasInBetween() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    leaveAndComeBack(alice, bob);
    bob.heard().awaitTexts("before", "after");
    assertThat(bob.heard().entries()).doesNotHaveDuplicates();
    assertThat(bob.heard().entries().toString()).doesNotContain("between");
  }

  @Test
  void comingAndGoingManyTimesShowsEachStayAndNoMore() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      alice.say(ROOM, "in " + i);
      seen.add("in " + i);
      bob.ask(new Command.Leave(ROOM));
      alice.say(ROOM, "out " + i);
      alice.admit(ROOM, bob);
    }
    assertThat(bob.history(ROOM)).isEqualTo(seen);
    assertThat(texts(backwards(bob, 2))).isEqualTo(seen);
    bob.heard().awaitTexts(seen.toArray(String[]::new));
  }

  @Test
  void whoAnswersAsSomebodyElseIsNobody() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry sent = alice.say(alice.general(), "I am alice");
    assertThat(sent.event().author()).isEqualTo(ALICE);
    assertThat(bob.say(alice.general(), "so am I").event().author()).isEqualTo(BOB);
    assertThat(alice.events(alice.general(), Event.class))
        .extracting(Event::author)
        .containsExactly(ALICE, BOB);
  }

  /** Bob hears "before" and "after"; what comes back is what he doesn't. */
  static Entry leaveAndComeBack(Participant alice, Participant bob) {
    alice.say(ROOM, "before");
    Await.until("before", () -> bob.heard().texts().contains("before"));
    alice.ask(new Command.Remove(ROOM, bob.name()));
    Entry between = alice.say(ROOM, "between");
    alice.say(ROOM, "between too");
    alice.admit(ROOM, bob);
    alice.say(ROOM, "after");
    return between;
  }

  private static List<ChatMessage> forwards(Participant reader, int limit) {
    List<ChatMessage> all = new ArrayList<>();
    Page page = reader.ask(new Command.ReadAfter(ROOM, Cursor.START, limit));
    all.addAll(messages(page));
    while (!page.atEnd()) {
      page = reader.ask(new Command.ReadAfter(ROOM, page.next(), limit));
      all.addAll(messages(page));
    }
    return all;
  }

  private static List<ChatMessage> backwards(Participant reader, int limit) {
    List<ChatMessage> all = new ArrayList<>();
    Page page = reader.ask(new Command.ReadBefore(ROOM, Cursor.END, limit));
    all.addAll(0, messages(page));
    while (!page.atEnd()) {
      page = reader.ask(new Command.ReadBefore(ROOM, page.next(), limit));
      all.addAll(0, messages(page));
    }
    return all;
  }

  static List<ChatMessage> messages(Page page) {
    return page.entries().stream()
        .map(Entry::event)
        .filter(ChatMessage.class::isInstance)
        .map(ChatMessage.class::cast)
        .toList();
  }

  static List<String> said(Page page) {
    return texts(messages(page));
  }
}

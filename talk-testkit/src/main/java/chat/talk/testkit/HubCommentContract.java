package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.room.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about comments. */
abstract class HubCommentContract extends HubSendContract {
  @Test
  void commentPointsAtItsMessage() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry message = alice.say(alice.general(), "What do you think?");
    Entry comment = comment(bob, message, "Good");
    assertThat(alice.heard().nextMessage()).isEqualTo(comment.event());
    assertThat(Participant.message(comment).about()).isEqualTo(Participant.key(message));
    assertThat(comments(alice, message)).containsExactly(comment);
  }

  @Test
  void messageWithoutCommentsHasNone() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "Anybody?");
    comment(alice, alice.say(alice.general(), "another"), "on another");
    assertThat(comments(alice, message)).isEmpty();
  }

  @Test
  void commentsAreListedInTheirOrderAPageAtATime() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "What do you think?");
    Entry first = comment(alice, message, "1");
    alice.say(alice.general(), "something else");
    Entry second = comment(alice, message, "2");
    Entry third = comment(alice, message, "3");
    Page page = page(alice, message, Cursor.START, 2);
    assertThat(page.entries()).containsExactly(first, second);
    assertThat(page.atEnd()).isFalse();
    Page rest = page(alice, message, page.next(), 2);
    assertThat(rest.entries()).containsExactly(third);
    assertThat(page(alice, message, rest.next(), 2).entries()).isEmpty();
  }

  @Test
  void commentsOutliveARestart() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "What do you think?");
    Entry comment = comment(alice, message, "Good");
    restart();
    assertThat(comments(alice, message)).containsExactly(comment);
  }

  @Test
  void commentMayBeCommentedOn() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "What do you think?");
    Entry comment = comment(alice, message, "Good");
    Entry onComment = comment(alice, comment, "Why?");
    assertThat(comments(alice, comment)).containsExactly(onComment);
    assertThat(comments(alice, message)).containsExactly(comment);
  }

  @Test
  void repeatedCommentIsThereOnce() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "What do you think?");
    Draft draft = Draft.of(alice.general(), "Good").about(Participant.key(message));
    Entry first = Await.result(alice.client().send(draft));
    alice.ask(new Command.Erase(message.event().id()));
    assertThat(Await.result(alice.client().send(draft))).isEqualTo(first);
    assertThat(comments(alice, message)).hasSize(1);
  }

  @Test
  void unknownMessageIsNotCommentedOn() {
    Participant alice = join(ALICE);
    MessageKey unknown = new MessageKey(BOB, MessageId.of("unknown"));
    Draft draft = Draft.of(alice.general(), "on nothing").about(unknown);
    assertRefused(Code.NOT_FOUND, alice.client().send(draft));
    assertThat(alice.refusal(new Command.Comments(unknown, Cursor.START, 9)))
        .isEqualTo(Code.NOT_FOUND);
    assertThat(alice.history(alice.general())).isEmpty();
  }

  @Test
  void messageOfAnotherChatIsNotCommentedOn() {
    Participant alice = join(ALICE);
    join(BOB);
    Entry direct = alice.say(BOB, "between us");
    Draft draft = Draft.of(alice.general(), "Look").about(Participant.key(direct));
    assertRefused(Code.NOT_FOUND, alice.client().send(draft));
  }

  @Test
  void hiddenMessageIsAsUnknownAsNone() {
    Participant alice = join(ALICE);
    join(BOB);
    Participant carol = join(CAROL);
    MessageKey direct = Participant.key(alice.say(BOB, "between us"));
    Draft draft = Draft.of(alice.general(), "I know").about(direct);
    assertRefused(Code.NOT_FOUND, carol.client().send(draft));
    assertThat(carol.refusal(new Command.Comments(direct, Cursor.START, 9)))
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void whatIsNoMessageIsNotCommentedOn() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "tpyo");
    alice.ask(new Command.Edit(message.event().id(), "typo"));
    Draft draft =
        Draft.of(alice.general(), "on an edit").about(alice.hears(Event.Edited.class).key());
    assertRefused(Code.NOT_FOUND, alice.client().send(draft));
  }

  @Test
  void erasedMessageIsNotCommentedOnAndKeepsItsComments() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "What do you think?");
    Entry comment = comment(alice, message, "Good");
    alice.ask(new Command.Erase(message.event().id()));
    Draft draft = Draft.of(alice.general(), "too late").about(Participant.key(message));
    assertRefused(Code.GONE, alice.client().send(draft));
    assertThat(comments(alice, message)).containsExactly(comment);
  }

  @Test
  void erasedCommentKeepsItsPlace() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "What do you think?");
    Entry comment = comment(alice, message, "Bad");
    alice.ask(new Command.Erase(comment.event().id()));
    assertThat(comments(alice, message))
        .singleElement()
        .extracting(Entry::event)
        .isEqualTo(Participant.message(comment).blanked(ChatMessage.Revision.ERASED));
  }

  @Test
  void commentsInADirectChatStayThere() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry message = alice.say(BOB, "What do you think?");
    Draft draft = Draft.of(ALICE, "Good").about(Participant.key(message));
    Entry comment = Await.result(bob.client().send(draft));
    assertThat(comment.event().chat()).isEqualTo(ChatId.direct(ALICE, BOB));
    assertThat(comments(alice, message)).containsExactly(comment);
  }

  static Entry comment(Participant author, Entry message, String text) {
    return Await.result(author.client().comment(Participant.message(message), text));
  }

  static List<Entry> comments(Participant reader, Entry message) {
    return page(reader, message, Cursor.START, 100).entries();
  }

  static Page page(Participant reader, Entry message, Cursor after, int limit) {
    return reader.ask(new Command.Comments(Participant.key(message), after, limit));
  }
}

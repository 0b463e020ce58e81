package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.room.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about changing and taking back what was said. */
abstract class HubEditContract extends HubCommentContract {
  @Test
  void editIsSeenByOthersAndInHistory() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry message = alice.say(alice.general(), "tpyo");
    Entry edit = alice.ask(new Command.Edit(message.event().id(), "typo"));
    assertThat(edit)
        .isEqualTo(new Entry(message.cursor(), Participant.message(message).edited("typo")));
    Event.Edited heard = bob.hears(Event.Edited.class);
    assertThat(heard.text()).isEqualTo("typo");
    assertThat(heard.message()).isEqualTo(message.event().id());
    assertThat(heard.author()).isEqualTo(ALICE);
    assertThat(heard.place()).isEqualTo(message.cursor());
    assertThat(bob.find(message)).isEqualTo(Participant.message(message).edited("typo"));
    assertThat(bob.log(alice.general()).get(0).cursor()).isEqualTo(message.cursor());
    assertThat(bob.history(alice.general())).containsExactly("typo");
  }

  @Test
  void lastEditCounts() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "1");
    List.of("2", "3", "4").forEach(t -> alice.ask(new Command.Edit(message.event().id(), t)));
    assertThat(alice.find(message).text()).isEqualTo("4");
    assertThat(alice.events(alice.general(), Event.Edited.class)).hasSize(3);
    restart();
    assertThat(alice.find(message).text()).isEqualTo("4");
  }

  @Test
  void repeatedEditIsThereOnce() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "tpyo");
    Command.Edit edit = new Command.Edit(message.event().id(), "typo");
    assertThat(alice.ask(edit)).isEqualTo(alice.ask(edit));
    assertThat(alice.events(alice.general(), Event.Edited.class)).hasSize(1);
  }

  @Test
  void editMayBeEmpty() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "too much");
    alice.ask(new Command.Edit(message.event().id(), ""));
    assertThat(alice.find(message).text()).isEmpty();
    assertThat(alice.find(message).revision()).isEqualTo(Revision.EDITED);
    alice.ask(new Command.Edit(message.event().id(), "again"));
    assertThat(alice.find(message).text()).isEqualTo("again");
  }

  @Test
  void editKeepsWhatTheMessageIsAbout() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "What do you think?");
    Entry comment = comment(alice, message, "Goood");
    alice.ask(new Command.Edit(comment.event().id(), "Good"));
    assertThat(alice.find(comment).about()).isEqualTo(Participant.key(message));
    assertThat(comments(alice, message))
        .extracting(entry -> Participant.message(entry).text())
        .containsExactly("Good");
  }

  @Test
  void messagesOfOthersAreNotTouched() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    MessageId hers = alice.say(alice.general(), "mine").event().id();
    assertThat(bob.refusal(new Command.Edit(hers, "his"))).isEqualTo(Code.NOT_FOUND);
    assertThat(bob.refusal(new Command.Erase(hers))).isEqualTo(Code.NOT_FOUND);
    assertThat(alice.history(alice.general())).containsExactly("mine");
  }

  @Test
  void whatIsNoMessageIsNotTouched() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "tpyo");
    alice.ask(new Command.Edit(message.event().id(), "typo"));
    MessageId edit = alice.hears(Event.Edited.class).id();
    for (MessageId id : List.of(edit, MessageId.of("unknown"))) {
      assertThat(alice.refusal(new Command.Edit(id, "text"))).isEqualTo(Code.NOT_FOUND);
      assertThat(alice.refusal(new Command.Erase(id))).isEqualTo(Code.NOT_FOUND);
    }
    assertThat(alice.log(alice.general())).hasSize(2);
  }

  @Test
  void erasedMessageIsBlankForEverybody() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Entry message = alice.say(alice.general(), "regretted");
    Entry erased = alice.ask(new Command.Erase(message.event().id()));
    ChatMessage blank = Participant.message(message).blanked(Revision.ERASED);
    assertThat(erased).isEqualTo(new Entry(message.cursor(), blank));
    assertThat(bob.hears(Event.Erased.class).message()).isEqualTo(message.event().id());
    assertThat(bob.find(message)).isEqualTo(blank);
    assertThat(bob.messages(alice.general())).containsExactly(blank);
    restart();
    assertThat(bob.find(message)).isEqualTo(blank);
  }

  @Test
  void editedTextsOfAnErasedMessageAreNowhere() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "secret 1");
    alice.ask(new Command.Edit(message.event().id(), "secret 2"));
    alice.ask(new Command.Edit(message.event().id(), "secret 3"));
    alice.ask(new Command.Erase(message.event().id()));
    assertNoTextLeft(alice);
    assertNoTextLeft(join(BOB));
    restart();
    assertNoTextLeft(alice);
    assertNoTextLeft(join(CAROL));
  }

  private static void assertNoTextLeft(Participant reader) {
    List<Entry> log = reader.log(reader.general());
    assertThat(log).hasSize(4);
    assertThat(log.toString()).doesNotContain("secret");
  }

  @Test
  void whoWasAwayDoesNotHearWhatWasErased() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    bob.client().close();
    Entry message = alice.say(alice.general(), "regretted");
    alice.ask(new Command.Edit(message.event().id(), "regretted too"));
    alice.ask(new Command.Erase(message.event().id()));
    Participant again = back(bob);
    again.hears(Event.Erased.class);
    assertThat(again.heard().entries().toString()).doesNotContain("regretted");
  }

  @Test
  void eraseTwiceIsOneEvent() {
    Participant alice = join(ALICE);
    MessageId message = alice.say(alice.general(), "regretted").event().id();
    assertThat(alice.ask(new Command.Erase(message)))
        .isEqualTo(alice.ask(new Command.Erase(message)));
    assertThat(alice.events(alice.general(), Event.Erased.class)).hasSize(1);
  }

  @Test
  void erasedMessageIsNotEdited() {
    Participant alice = join(ALICE);
    Entry message = alice.say(alice.general(), "regretted");
    alice.ask(new Command.Erase(message.event().id()));
    assertThat(alice.refusal(new Command.Edit(message.event().id(), "back"))).isEqualTo(Code.GONE);
    assertThat(alice.find(message).text()).isEmpty();
  }

  @Test
  void repeatedSendOfAnErasedMessageDoesNotBringItBack() {
    Participant alice = join(ALICE);
    Draft draft = Draft.of(alice.general(), "regretted");
    Entry first = Await.result(alice.client().send(draft));
    alice.ask(new Command.Erase(draft.id()));
    Entry again = Await.result(alice.client().send(draft));
    assertThat(again.cursor()).isEqualTo(first.cursor());
    assertThat(alice.history(alice.general())).containsExactly("");
  }

  @Test
  void chatThatOneHasLeftIsNotEditedFromOutside() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    ChatId chat = alice.create("room");
    alice.admit(chat, bob);
    Entry message = bob.say(chat, "said and left");
    Await.result(bob.client().leave(chat));
    assertThat(bob.refusal(new Command.Edit(message.event().id(), "changed")))
        .isIn(Code.FORBIDDEN, Code.NOT_FOUND);
    assertThat(alice.find(message).text()).isEqualTo("said and left");
  }

  @Test
  void closedChatIsNotEdited() {
    Participant alice = join(ALICE);
    ChatId chat = alice.create("room");
    Entry message = alice.say(chat, "for ever");
    Await.result(alice.client().close(chat));
    assertThat(alice.refusal(new Command.Edit(message.event().id(), "changed")))
        .isEqualTo(Code.GONE);
    assertThat(alice.find(message).text()).isEqualTo("for ever");
  }

  @Test
  void editsAndErasesInADirectChatAreSeenThere() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    MessageId message = alice.say(BOB, "tpyo").event().id();
    alice.ask(new Command.Edit(message, "typo"));
    alice.ask(new Command.Erase(message));
    assertThat(bob.hears(Event.Erased.class).chat()).isEqualTo(ChatId.direct(ALICE, BOB));
    assertThat(bob.history(ChatId.direct(ALICE, BOB))).containsExactly("");
  }
}

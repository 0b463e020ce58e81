package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.room.Command;
import chat.talk.room.Session;
import org.junit.jupiter.api.Test;

final class EditLimitTest {
  private final Lab lab = new Lab(builder -> builder.generalLimit(LimitPolicy.of(2, Lab.HOUR)));
  private final Session alice = lab.join("alice");

  @Test
  void editInTheGeneralChatIsChargedLikeAMessage() {
    Entry sent = lab.say(alice, Lab.GENERAL, "1");
    lab.ask(alice, new Command.Edit(sent.event().id(), "2"));
    assertThat(lab.refusal(alice, new Command.Edit(sent.event().id(), "3")))
        .isEqualTo(Code.LIMITED);
    assertThat(((ChatMessage) lab.find(sent).event()).text()).isEqualTo("2");
    lab.pass(Lab.HOUR);
    assertThat(lab.refusal(alice, new Command.Edit(sent.event().id(), "3"))).isNull();
  }

  @Test
  void editThatChangesNothingIsFree() {
    Entry sent = lab.say(alice, Lab.GENERAL, "1");
    for (int i = 0; i < 5; i++) {
      lab.ask(alice, new Command.Edit(sent.event().id(), "1"));
    }
    assertThat(lab.say(alice, Lab.GENERAL, "2")).isNotNull();
  }

  @Test
  void editElsewhereIsFree() {
    ChatId room = ChatId.of("room");
    lab.ask(alice, new Command.Create(room, "title"));
    Entry sent = lab.say(alice, room, "1");
    for (int i = 0; i < 5; i++) {
      lab.ask(alice, new Command.Edit(sent.event().id(), "text " + i));
    }
    assertThat(lab.say(alice, Lab.GENERAL, "2")).isNotNull();
  }
}

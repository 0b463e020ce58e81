package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.room.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a repeat is answered that would be refused by now. */
final class RepeatTest {
  private final DirectHub hub = new DirectHub();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void whatMayHaveBeenSentIsNotRefusedForGoodWhileTheStorageDoesNotSay() {
    DirectHub.Visitor bob = hub.join("bob");
    ChatId chat = hub.join("alice").createWith(bob);
    Command.Send send = new Command.Send(Draft.of(chat, "Hello"));
    Entry sent = bob.ask(send);
    bob.ask(new Command.Leave(chat));

    hub.storage.refuseReads(1);
    assertThat(bob.refusal(send)).isEqualTo(Code.TIMED_OUT);
    assertThat(bob.ask(send)).isEqualTo(sent);
    assertThat(bob.refusal(new Command.Send(Draft.of(chat, "new")))).isEqualTo(Code.FORBIDDEN);
  }
}

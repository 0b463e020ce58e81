package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.room.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  @Test
  void repeatTakesNothingOfALimitFromWhatIsSentWithIt() {
    LimitPolicy two = LimitPolicy.of(2, Duration.ofHours(1));
    try (DirectHub limited = new DirectHub(builder -> builder.generalLimit(two))) {
      DirectHub.Visitor alice = limited.join("alice");
      Command.Send first = new Command.Send(Draft.of(alice.general(), "1"));
      Command.Send second = new Command.Send(Draft.of(alice.general(), "2"));
      Entry sent = alice.ask(first);
      List<CompletableFuture<Entry>> together = new ArrayList<>();
      limited.together(
          () -> {
            together.add(alice.session.call(first));
            together.add(alice.session.call(first));
            together.add(alice.session.call(second));
            together.add(alice.session.call(second));
          });
      assertThat(together.get(0)).isCompletedWithValue(sent);
      assertThat(together.get(1)).isCompletedWithValue(sent);
      assertThat(together.get(2))
          .isCompletedWithValueMatching(e -> e.event().id().equals(second.draft().id()));
      assertThat(together.get(3)).isCompletedWithValue(together.get(2).join());
      assertThat(alice.refusal(new Command.Send(Draft.of(alice.general(), "3"))))
          .isEqualTo(Code.LIMITED);
    }
  }
}

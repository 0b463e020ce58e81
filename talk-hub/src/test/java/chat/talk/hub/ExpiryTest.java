package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
  private static final Duration SLOT = Lab.HOUR.dividedBy(3_600);

  private final Lab lab = new Lab(builder -> builder.messageTtl(Lab.HOUR));
  private final Session alice = lab.join("alice");

  @Test
  void messageOfABusyChatGoesAtMostASlotLate() {
    Entry first = lab.say(alice, Lab.GENERAL, "first");
    Instant nearly = lab.clock.now().plus(Lab.HOUR).minusSeconds(1);
    while (lab.clock.now().isBefore(nearly)) {
      assertThat(revision(first)).isEqualTo(Revision.ORIGINAL);
      lab.pass(Duration.ofMillis(900));
      lab.say(alice, Lab.GENERAL, "more");
    }
    lab.pass(SLOT);
    lab.pass(SLOT);
    assertThat(revision(first)).isEqualTo(Revision.EXPIRED);
  }

  @Test
  void messagesThatCameCloseTogetherHaveOneMarkAndNoneGoesEarly() {
    Entry first = lab.say(alice, Lab.GENERAL, "first");
    lab.pass(SLOT.dividedBy(2));
    Entry second = lab.say(alice, Lab.GENERAL, "second");
    lab.pass(Duration.ofSeconds(5));
    assertThat(lab.facts(Fact.Reached.class)).hasSize(1);
    lab.pass(Lab.HOUR.minusSeconds(5).minusMillis(1));
    assertThat(revision(second)).isEqualTo(Revision.ORIGINAL);
    lab.pass(Duration.ofMillis(1));
    assertThat(revision(first)).isEqualTo(Revision.EXPIRED);
    assertThat(revision(second)).isEqualTo(Revision.EXPIRED);
    lab.pass(SLOT);
    assertThat(lab.facts(Fact.Reached.class)).isEmpty();
  }

  @Test
  void manyMessagesWaitForOneTimer() {
    int before = lab.clock.pending();
    for (int i = 0; i < 100; i++) {
      lab.say(alice, Lab.GENERAL, "text " + i);
      lab.pass(SLOT.multipliedBy(2));
    }
    lab.pass(Duration.ofSeconds(10));
    assertThat(lab.clock.pending()).isEqualTo(before + 1);
  }

  @Test
  void expiryIsTriedAgainAfterTheStorageFailed() {
    Entry sent = lab.say(alice, Lab.GENERAL, "passing");
    lab.pass(Duration.ofSeconds(10));
    lab.storage.refuseWrites(2);
    lab.pass(Lab.HOUR);
    assertThat(revision(sent)).isEqualTo(Revision.ORIGINAL);
    lab.pass(Loop.PAUSE);
    lab.pass(Loop.PAUSE);
    lab.pass(Loop.PAUSE);
    assertThat(revision(sent)).isEqualTo(Revision.EXPIRED);
    assertThat(lab.facts(Fact.Reached.class)).isEmpty();
  }

  @Test
  void expiryIsTriedAgainAfterTheStorageCouldNotCount() {
    Entry sent = lab.say(alice, Lab.GENERAL, "passing");
    lab.pass(Duration.ofSeconds(10));
    lab.storage.refuseReads(1);
    lab.pass(Lab.HOUR);
    lab.pass(Loop.PAUSE.multipliedBy(2));
    assertThat(revision(sent)).isEqualTo(Revision.EXPIRED);
  }

  @Test
  void messageThatGoesInTheSameGroupIsNotEdited() {
    Entry sent = lab.say(alice, Lab.GENERAL, "passing");
    lab.clock.advance(Lab.HOUR);
    CompletableFuture<Entry> edit = alice.call(new Command.Edit(sent.event().id(), "secret"));
    lab.run();
    assertThat(Lab.code(edit)).isEqualTo(Code.GONE);
    assertThat(revision(sent)).isEqualTo(Revision.EXPIRED);
    assertThat(lab.log(Lab.GENERAL).toString()).doesNotContain("secret");
  }

  @Test
  void messagesOfManyChatsGoInSeveralGroups() {
    int chats = 300;
    for (int i = 0; i < chats; i++) {
      ChatId chat = ChatId.of("chat" + i);
      lab.ask(alice, new Command.Create(chat, "title"));
      Entry sent = lab.say(alice, chat, "passing");
      lab.ask(alice, new Command.Acknowledge(Map.of(chat, sent.cursor()), false));
    }
    lab.clock.advance(Lab.HOUR);
    lab.run();
    assertThat(expired(chats)).isBetween(1L, chats - 1L);
    lab.pass(Duration.ZERO);
    assertThat(expired(chats)).isEqualTo(chats);
  }

  @Test
  void messagesOfALongChatGoInSeveralGroups() {
    int count = 4_500;
    Entry first = lab.say(alice, Lab.GENERAL, "first");
    for (int i = 2; i < count; i++) {
      lab.say(alice, Lab.GENERAL, "passing");
    }
    Entry last = lab.say(alice, Lab.GENERAL, "last");
    lab.clock.advance(Lab.HOUR);
    lab.run();
    assertThat(revision(first)).isEqualTo(Revision.EXPIRED);
    assertThat(revision(last)).isEqualTo(Revision.ORIGINAL);
    assertThat(lab.facts(Fact.Reached.class)).isNotEmpty();
    lab.pass(Duration.ZERO);
    lab.pass(Duration.ZERO);
    assertThat(revision(last)).isEqualTo(Revision.EXPIRED);
    assertThat(lab.facts(Fact.Reached.class)).isEmpty();
  }

  @Test
  void nothingTicksOnceTheHubIsStopped() {
    lab.say(alice, Lab.GENERAL, "passing");
    lab.storage.refuseWrites(Integer.MAX_VALUE);
    lab.pass(Lab.HOUR);
    lab.stop();
    lab.pass(Lab.HOUR);
    assertThat(lab.clock.pending()).isZero();
  }

  private long expired(int chats) {
    long count = 0;
    for (int i = 0; i < chats; i++) {
      count +=
          lab.log(ChatId.of("chat" + i)).stream()
              .filter(entry -> entry.event() instanceof Event.Expired)
              .count();
    }
    return count;
  }

  private Revision revision(Entry entry) {
    return ((ChatMessage) lab.find(entry).event()).revision();
  }
}

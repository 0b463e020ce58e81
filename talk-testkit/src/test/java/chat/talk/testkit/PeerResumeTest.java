package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.PeerBuilder;
import chat.talk.Registry;
import chat.talk.Storage;
import chat.talk.Transport;
import chat.talk.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeerResumeTest {
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");
  private static final UserName CAROL = UserName.of("carol");
  private static final ChatId CHAT = ChatId.direct(ALICE, BOB);

  private final Registry registry = Registry.inMemory();
  private final Transport transport = Transport.loopback();
  private final Recorder first = new Recorder();
  private final Recorder second = new Recorder();

  @Test
  void secondRunGoesOnWhereTheFirstListenerStopped() {
    try (Storage storage = Storage.inMemory()) {
      append(storage, ALICE, "one");
      try (ChatClient bob = bob(storage, first)) {
        assertThat(bob.state()).isEqualTo(ChatClient.State.CONNECTED);
        first.awaitTexts("one");
      }
      append(storage, ALICE, "two");
      append(storage, CAROL, "three");
      runBob(storage, second, 2);
      first.assertNothingLeft();
      assertThat(second.texts()).containsExactlyInAnyOrder("two", "three");
    }
  }

  @Test
  void secondRunWithNothingNewHearsNothing() {
    try (Storage storage = Storage.inMemory()) {
      append(storage, ALICE, "one");
      runBob(storage, first, 1);
      runBob(storage, second, 0);
      assertThat(second.entries()).isEmpty();
    }
  }

  @Test
  void whatASecondRunHearsIsFollowedByWhatIsNew() {
    try (Storage storage = Storage.inMemory()) {
      append(storage, ALICE, "while away");
      try (ChatClient bob = bob(storage, second);
          ChatClient alice = peer("alice").start()) {
        Await.result(alice.send(bob.name(), "live"));
        second.awaitTexts("while away", "live");
      }
      second.assertWellBehaved();
    }
  }

  @Test
  void messageThatARunTookInIsKnownToTheNext() {
    try (Storage storage = Storage.inMemory();
        ChatClient alice = peer("alice").start()) {
      Draft draft = Draft.of(BOB, "once");
      try (ChatClient bob = bob(storage, first)) {
        Await.result(alice.send(bob.name(), "before"));
        Await.result(alice.send(draft));
      }
      try (ChatClient bob = bob(storage, second)) {
        Await.result(alice.send(draft));
        Await.result(alice.send(bob.name(), "after"));
      }
      assertThat(first.texts()).containsExactly("before", "once");
      assertThat(second.texts()).containsExactly("after");
    }
  }

  @Test
  void whatAStuckListenerDidNotGetComesInTheNextRun() {
    StuckListener stuck = new StuckListener();
    try (Storage storage = Storage.inMemory()) {
      append(storage, ALICE, "one");
      append(storage, ALICE, "two");
      append(storage, ALICE, "three");
      try (ChatClient bob = bob(storage, stuck)) {
        assertThat(bob.name()).isEqualTo(BOB);
        stuck.awaitStuck();
      }
      stuck.awaitInterrupted();
      try (ChatClient bob = bob(storage, second)) {
        assertThat(bob.name()).isEqualTo(BOB);
        Await.until("the newest", () -> second.texts().contains("three"));
      }
      assertThat(second.texts()).containsSubsequence("two", "three").doesNotHaveDuplicates();
    }
  }

  @Test
  void whatWasDroppedMeanwhileIsAnnouncedAsLost() {
    try (Storage storage = Storage.inMemory(3000)) {
      Entry read = append(storage, ALICE, "one");
      runBob(storage, first, 1);
      for (int i = 0; i < 50; i++) {
        append(storage, ALICE, "text-" + i);
      }
      Page left = storage.readAfter(CHAT, Cursor.START, 50);
      runBob(storage, second, left.entries().size());
      assertThat(second.awaitNotice(Notice.Lost.class))
          .isEqualTo(new Notice.Lost(CHAT, read.cursor()));
      assertThat(second.entries()).isEqualTo(left.entries());
      assertThat(first.notices()).doesNotHaveAnyElementsOfTypes(Notice.Lost.class);
    }
  }

  private void runBob(Storage storage, Recorder recorder, int messages) {
    try (ChatClient bob = bob(storage, recorder)) {
      assertThat(bob.name()).isEqualTo(BOB);
      recorder.awaitMessages(messages);
    }
    recorder.assertWellBehaved();
  }

  private ChatClient bob(Storage storage, ChatMessageListener listener) {
    return peer("bob")
        .storage(storage)
        .listener(listener)
        .closeWithin(Duration.ofMillis(300))
        .start();
  }

  private PeerBuilder peer(String name) {
    return ChatClient.peer(name).registry(registry).transport(transport);
  }

  private static Entry append(Storage storage, UserName author, String text) {
    return storage
        .append(
            List.of(
                new ChatMessage(
                    ChatId.direct(author, BOB),
                    MessageId.of("id-" + text.replace(' ', '-')),
                    author,
                    text,
                    Instant.EPOCH)))
        .get(0);
  }
}

package chat.talk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.hub.BanPolicy;
import chat.talk.hub.HubEngine;
import chat.talk.hub.LimitPolicy;
import chat.talk.room.Chat;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Login;
import chat.talk.room.Outbox;
import chat.talk.room.Token;
import chat.talk.testkit.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/hub.md shows is here, word for word, and runs. */
class HubGuideTest {
  private final HubStorage storage = HubStorage.inMemory();
  private final Recorder listener = new Recorder();
  private Hub hub = HubEngine.builder(storage).open();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void everyLineOfCodeInTheGuideIsRunHere() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "hub.md"));
    String source = Files.readString(Path.of("src/test/java/chat/talk/examples/HubGuideTest.java"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(guide)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).hasSizeGreaterThan(5);
    assertThat(blocks).allSatisfy(block -> assertThat(bare(source)).contains(bare(block)));
  }

  private static String bare(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void hubIsEmbedded() {
    hub.close();
    Hub hub = HubEngine.builder(HubStorage.inMemory()).open();

    HubClient alice =
        HubClient.join(hub, "alice")
            .listener((me, message) -> System.out.println(message.author() + ": " + message.text()))
            .start();

    assertThat(alice.state()).isEqualTo(ChatClient.State.CONNECTED);
    alice.close();
    hub.close();
  }

  @Test
  void messagesAreSent() {
    HubClient alice = HubClient.join(hub, "alice").start();
    HubClient.join(hub, "bob").listener(listener).start();

    alice.send("bob", "Hello").join();

    ChatId general = alice.status().join().general();
    alice.send(general, "Hello, everybody").join();

    Draft draft = Draft.of(UserName.of("bob"), "Only once");
    Entry first = alice.send(draft).join();
    Entry again = alice.send(draft).join();

    assertThat(again).isEqualTo(first);
    assertThat(listener.awaitMessages(3))
        .extracting(ChatMessage::text)
        .containsExactlyInAnyOrder("Hello", "Hello, everybody", "Only once");
  }

  @Test
  void messagesSurviveInAnOutbox(@TempDir Path folder) {
    HubClient.join(hub, "bob").listener(listener).start();
    Login login = new Login.NewUser(UserName.of("erin"), Token.random());

    Outbox outbox = Outbox.file(folder.resolve("outbox"));
    HubClient erin = HubClient.join(hub, login).outbox(outbox).open();
    erin.send("bob", "I am on a train");
    outbox.saved().join();

    listener.awaitTexts("I am on a train");
    erin.close();
  }

  @Test
  void listenerGoesOnWhereItStopped() {
    HubClient alice = HubClient.join(hub, "alice").start();
    HubClient bob = HubClient.join(hub, "bob").start();

    Token token = bob.token();
    bob.close();
    alice.send("bob", "Are you there?").join();
    bob = HubClient.join(hub, token).listener(listener).start();

    listener.awaitTexts("Are you there?");
    bob.close();
  }

  @Test
  void applicationKeepsItsOwnPlaces() {
    HubClient alice = HubClient.join(hub, "alice").start();
    HubClient bob = HubClient.join(hub, "bob").start();
    Token token = bob.token();
    bob.close();
    alice.send("bob", "1").join();
    Map<ChatId, Cursor> places = new HashMap<>();
    Entry second = alice.send("bob", "2").join();
    places.put(second.event().chat(), second.cursor());
    alice.send("bob", "3").join();

    HubClient.join(hub, token).resumeFrom(places).listener(new Keeping(places, listener)).start();

    listener.awaitTexts("3");
  }

  private record Keeping(Map<ChatId, Cursor> places, Recorder next) implements ChatMessageListener {
    Keeping {
      places = new ConcurrentHashMap<>(places);
    }

    @Override
    public void onEntry(ChatClient me, Entry entry) {
      places.put(entry.event().chat(), entry.cursor());
      next.onEntry(me, entry);
    }

    @Override
    public void onMessage(ChatClient me, ChatMessage message) {}
  }

  @Test
  void unreadIsCountedUntilItIsRead() {
    HubClient alice = HubClient.join(hub, "alice").start();
    HubClient bob = HubClient.join(hub, "bob").readsByItself().start();
    Entry entry = alice.send("bob", "Hello").join();

    for (Chat chat : bob.chats().join()) {
      String unread = chat.knowsUnread() ? chat.unread() + " unread" : "not counted";
      System.out.println(chat.id() + ": " + unread);
    }
    bob.markRead(entry.event().chat(), entry.cursor()).join();

    assertThat(bob.chats().join()).hasSize(2).allMatch(chat -> chat.unread() == 0);
  }

  @Test
  void historyIsReadBackwards() {
    HubClient alice = HubClient.join(hub, "alice").start();
    ChatId general = alice.status().join().general();
    Stream.of("1", "2", "3").forEach(text -> alice.send(general, text).join());

    Page newest = alice.readBefore(general, Cursor.END, 2).join();
    Page before = alice.readBefore(general, newest.next(), 2).join();

    assertThat(newest.entries()).hasSize(2);
    assertThat(before.entries()).isNotEmpty();
  }

  @Test
  void usersComeIntoPrivateChats() {
    HubClient alice = HubClient.join(hub, "alice").start();
    HubClient bob = HubClient.join(hub, "bob").start();
    HubClient carol = HubClient.join(hub, "carol").start();

    ChatId garden = alice.create("Garden").join().id();
    alice.invite(garden, bob.name()).join();
    for (Invitation invitation : bob.invitations().join()) {
      bob.accept(invitation.chat()).join();
    }

    Token link = Token.random();
    alice.createLink(garden, link, Duration.ofDays(7), 10).join();
    carol.knock(link).join();
    for (JoinRequest request : alice.requests(garden).join()) {
      alice.approve(garden, request.user()).join();
    }

    assertThat(alice.members(garden).join()).hasSize(3);
  }

  @Test
  void policiesAreSetUp() {
    hub.close();
    Hub hub =
        HubEngine.builder(storage)
            .generalLimit(LimitPolicy.of(20, Duration.ofHours(1)))
            .bans(BanPolicy.after(3, Duration.ofHours(24), Duration.ofHours(4)))
            .messageTtl(Duration.ofDays(30))
            .administrators(UserName.of("root"))
            .open();

    HubClient alice = HubClient.join(hub, "alice").start();
    ChatId general = alice.status().join().general();
    for (int i = 0; i < 20; i++) {
      alice.send(general, "No. " + i).join();
    }
    assertThatThrownBy(() -> alice.send(general, "One too many").join())
        .satisfies(e -> assertThat(ChatException.of(e).code()).isEqualTo(Code.LIMITED))
        .satisfies(e -> assertThat(ChatException.of(e).retryAt()).isPresent());
    hub.close();
  }
}

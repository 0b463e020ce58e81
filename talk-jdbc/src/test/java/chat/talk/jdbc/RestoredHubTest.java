package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.testkit.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub that goes on from a backup: what was said since is lost, and everybody is told so. */
@Timeout(60)
final class RestoredHubTest {
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");

  @TempDir private Path folder;

  /** The same hub at each of its addresses, when there is one. */
  private final Hub door = new Door();

  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable Database database;
  private volatile @Nullable HubEngine engine;

  /** Leads to the hub that is open now, as a network address does. */
  private final class Door implements Hub {
    @Override
    public CompletableFuture<Session> connect(
        Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
      Hub hub = engine;
      return hub == null
          ? CompletableFuture.failedFuture(new ChatException(Code.UNREACHABLE, "no hub"))
          : hub.connect(login, resume, listener);
    }

    @Override
    public CompletableFuture<Void> shutDown(String reason) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  /** A user's client, and what it was told. */
  private record User(HubClient client, Recorder heard) {
    Entry say(ChatId chat, String text) {
      return await(client.send(chat, text));
    }

    Chat chat(ChatId chat) {
      return await(client.call(new Command.Chats())).stream()
          .filter(one -> one.id().equals(chat))
          .findFirst()
          .orElseThrow();
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    stop();
  }

  @Test
  void clientThatStayedUpIsToldWhatItLostAndGetsAllThereIs() {
    start();
    User alice = join(ALICE);
    User bob = join(BOB);
    ChatId general = alice.chat(general(alice)).id();
    alice.say(general, "saved");
    backUp();
    Entry lost = alice.say(general, "lost");
    bob.heard.awaitTexts("saved", "lost");
    restore();
    User carol = join(UserName.of("carol"));
    Entry next = carol.say(general, "new");
    assertThat(next.cursor().sequence()).isLessThanOrEqualTo(lost.cursor().sequence() + 1);
    Notice.Lost notice = bob.heard.awaitNotice(Notice.Lost.class);
    assertThat(notice.chat()).isEqualTo(general);
    bob.heard.awaitTexts("saved", "new");
    alice.heard.awaitNotice(Notice.Lost.class);
    alice.heard.awaitTexts("new");
    carol.heard.awaitTexts("saved");
  }

  @Test
  void deviceThatWasAwayGetsWhatItHasNotHadAndNothingTwice() {
    start();
    User alice = join(ALICE);
    User bob = joinUnreading(BOB);
    ChatId general = general(alice);
    Entry read = alice.say(general, "read");
    bob.heard.awaitTexts("read");
    await(bob.client.call(new Command.Acknowledge(Map.of(general, read.cursor()), true)));
    bob.client.close();
    alice.say(general, "unread");
    backUp();
    alice.say(general, "lost");
    restore();
    User back = back(bob);
    assertThat(back.chat(general).unread()).isEqualTo(1);
    back.heard.awaitTexts("unread");
    join(UserName.of("carol")).say(general, "new");
    back.heard.awaitTexts("new");
    assertThat(back.heard.notices()).noneMatch(Notice.Lost.class::isInstance);
    assertThat(back.chat(general).unread()).isEqualTo(2);
  }

  @Test
  void whatTheLostFutureHasReadIsNotReadAfterwards() {
    start();
    User alice = join(ALICE);
    User bob = joinUnreading(BOB);
    ChatId general = general(alice);
    alice.say(general, "saved");
    backUp();
    Entry lost = alice.say(general, "lost");
    bob.heard.awaitTexts("saved", "lost");
    restore();
    for (String text : List.of("new 1", "new 2", "new 3")) {
      join(UserName.of("carol" + text.charAt(4))).say(general, text);
    }
    bob.heard.awaitNotice(Notice.Lost.class);
    bob.heard.awaitTexts("saved", "new 1", "new 2", "new 3");
    bob.client.call(new Command.MarkRead(general, lost.cursor())).handle((done, e) -> null).join();
    assertThat(bob.chat(general).unread()).isEqualTo(4);
    await(bob.client.call(new Command.MarkRead(general, bob.chat(general).head())));
    assertThat(bob.chat(general).unread()).isZero();
  }

  private static ChatId general(User user) {
    return await(user.client.call(new Command.Status())).general();
  }

  private User join(UserName name) {
    Recorder heard = new Recorder(Duration.ofSeconds(20));
    return user(HubClient.join(door, name.value()).listener(heard).start(), heard);
  }

  private User joinUnreading(UserName name) {
    Recorder heard = new Recorder(Duration.ofSeconds(20));
    return user(HubClient.join(door, name.value()).listener(heard).readsByItself().start(), heard);
  }

  private User back(User gone) {
    Recorder heard = new Recorder(Duration.ofSeconds(20));
    return user(
        HubClient.join(door, gone.client.token()).listener(heard).readsByItself().start(), heard);
  }

  private User user(HubClient client, Recorder heard) {
    open.add(client);
    return new User(client, heard);
  }

  private void start() {
    database = Database.open(path());
    engine =
        HubEngine.builder(database.storage())
            .reconnectWindow(Duration.ofMillis(50))
            .passwordCost(4)
            .open();
  }

  private void stop() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
    if (database != null) {
      database.close();
      database = null;
    }
  }

  private void backUp() {
    Backup.at(folder.resolve("backup.db")).save(database);
  }

  private void restore() {
    stop();
    Backup.at(folder.resolve("backup.db")).replacing().restore(Database.builder(path()));
    start();
  }

  private String path() {
    return folder.resolve("talk.db").toString();
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }
}

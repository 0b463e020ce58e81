package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database whose server is killed, and started again, while it is in use. */
abstract class KilledServerContract {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final UserName ALICE = UserName.of("alice");
  private static final int WRITERS = 4;
  private static final int KILLS = 3;
  private static final int BETWEEN = 20;

  private Database database;

  abstract TestServer server();

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
    server().revive();
  }

  private HubStorage open(Duration patience) {
    server().clean();
    database = server().database().patience(patience).open();
    return database.storage();
  }

  @Test
  void whileItIsDeadEverythingFailsAndThenWorksAgain() {
    HubStorage storage = open(Duration.ofMillis(100));
    append(storage, "before");
    server().kill();
    for (String id : List.of("noticed", "known")) {
      assertThat(code(() -> append(storage, id))).isEqualTo(Code.STORAGE);
      assertThat(code(() -> storage.readAfter(CHAT, Cursor.START, 9))).isEqualTo(Code.STORAGE);
    }
    server().restart();
    TestServer.await("commits work again", () -> isAppended(storage, "after"));
    assertThat(texts(storage)).containsExactly("before", "after");
  }

  @Test
  void deadServerIsNotOpened() {
    server().kill();
    assertThatThrownBy(() -> server().database().patience(Duration.ZERO).open())
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("can't be reached");
  }

  @Test
  void commitWaitsForAServerThatComesBack() throws Exception {
    HubStorage storage = open(Duration.ofSeconds(50));
    append(storage, "before");
    server().kill();
    CompletableFuture<Entry> waiting =
        CompletableFuture.supplyAsync(() -> append(storage, "waiting"));
    server().restart();
    waiting.get(50, TimeUnit.SECONDS);
    assertThat(texts(storage)).containsExactly("before", "waiting");
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingRefusedIsKept() throws Exception {
    HubStorage storage = open(Duration.ofMillis(200));
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    Set<String> refused = ConcurrentHashMap.newKeySet();
    Writers writers = new Writers(storage, acknowledged, refused);
    for (int kill = 1; kill <= KILLS; kill++) {
      int enough = acknowledged.size() + BETWEEN;
      TestServer.await("some commits", () -> acknowledged.size() >= enough);
      server().kill();
      server().restart();
    }
    writers.end();
    TestServer.await("reading works again", () -> code(() -> texts(storage)) == null);
    assertThat(texts(storage))
        .doesNotHaveDuplicates()
        .containsAll(acknowledged)
        .noneMatch(refused::contains)
        .hasSameSizeAs(acknowledged);
  }

  /** Threads that append until they are told to end; what is in doubt is asked again. */
  private static final class Writers {
    private final HubStorage storage;
    private final Set<String> acknowledged;
    private final Set<String> refused;
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private volatile boolean ended;

    Writers(HubStorage storage, Set<String> acknowledged, Set<String> refused) {
      this.storage = storage;
      this.acknowledged = acknowledged;
      this.refused = refused;
      var threads = Executors.newFixedThreadPool(WRITERS);
      for (int i = 0; i < WRITERS; i++) {
        String name = "w" + i;
        running.add(CompletableFuture.runAsync(() -> write(name), threads));
      }
      threads.shutdown();
    }

    private void write(String name) {
      for (int i = 0; !ended; i++) {
        String id = name + "-" + i;
        Code code = code(() -> append(storage, id));
        if (code == Code.TIMED_OUT) {
          TestServer.await("what was in doubt is known", () -> isAppended(storage, id));
        }
        (code == Code.STORAGE ? refused : acknowledged).add(id);
      }
    }

    void end() throws Exception {
      ended = true;
      for (CompletableFuture<Void> one : running) {
        one.get(50, TimeUnit.SECONDS);
      }
    }
  }

  private static Entry append(HubStorage storage, String id) {
    Event message = new ChatMessage(CHAT, MessageId.of(id), ALICE, id, Instant.EPOCH);
    return storage.append(List.of(message)).get(0);
  }

  private static boolean isAppended(HubStorage storage, String id) {
    return code(() -> append(storage, id)) == null;
  }

  private static Code code(Runnable call) {
    try {
      call.run();
      return null;
    } catch (ChatException e) {
      return e.code();
    }
  }

  private static List<String> texts(HubStorage storage) {
    List<Entry> all = new ArrayList<>();
    Page page = storage.readAfter(CHAT, Cursor.START, 1000);
    all.addAll(page.entries());
    while (!page.atEnd()) {
      page = storage.readAfter(CHAT, page.next(), 1000);
      all.addAll(page.entries());
    }
    assertThat(all)
        .extracting(entry -> entry.cursor().sequence())
        .isEqualTo(IntStream.rangeClosed(1, all.size()).mapToObj(Long::valueOf).toList());
    return all.stream().map(entry -> ((ChatMessage) entry.event()).text()).toList();
  }
}

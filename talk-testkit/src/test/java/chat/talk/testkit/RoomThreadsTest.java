package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Clients on the threads that all of them share, in real time. */
final class RoomThreadsTest extends RoomFixture {
  @Test
  void stuckListenersDelayNobodyElse() {
    List<HubClient> clients = new ArrayList<>();
    List<StuckListener> stuck = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StuckListener listener = new StuckListener();
      stuck.add(listener);
      clients.add(start(listener));
      session().feed(chunk(CHAT, 0, 1));
    }
    HubClient lively = start(recorder);
    session().feed(chunk(CHAT, 0, 100));
    recorder.awaitMessages(100);
    stuck.forEach(StuckListener::awaitStuck);
    stuck.forEach(StuckListener::release);
    clients.forEach(ChatClient::close);
    lively.close();
    recorder.assertWellBehaved();
  }

  @Test
  void callsComeOneAtATimeThoughMuchHappensAtOnce() {
    HubClient client = start(recorder);
    ScriptedSession session = session();
    CompletableFuture<Void> noise =
        Background.run(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                session.ready();
              }
            });
    for (int i = 0; i < 1_000; i++) {
      session.feed(chunk(CHAT, i, i + 1));
    }
    recorder.awaitMessages(1_000);
    Await.result(noise);
    client.close();
    recorder.assertWellBehaved();
    assertThat(recorder.texts()).isEqualTo(texts(1, 1_000));
  }

  @Test
  void callbacksMayWaitForEachOther() {
    HubClient client = start(recorder);
    int count = 20;
    List<CompletableFuture<Entry>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(client.send(draft(i)));
    }
    List<CompletableFuture<Entry>> joined = new ArrayList<>();
    for (int i = 0; i + 1 < count; i++) {
      CompletableFuture<Entry> next = sent.get(i + 1);
      joined.add(sent.get(i).thenApply(entry -> next.join()));
    }
    for (int i = 0; i < count; i++) {
      session().asked().get(i).answer(entry(CHAT, i + 1));
    }
    joined.forEach(Await::result);
    client.close();
  }

  @Test
  void callbacksRunOnNoThreadOfTheHub() {
    HubClient client = start(recorder);
    AtomicReference<Thread> thread = new AtomicReference<>();
    var sent = client.send(draft(1)).thenRun(() -> thread.set(Thread.currentThread()));
    session().asked().get(0).answer(entry(CHAT, 1));
    Await.result(sent);
    assertThat(thread.get().getName()).startsWith("talk-listener");
    assertThat(thread.get().isDaemon()).isTrue();
    client.close();
  }

  @Test
  void stuckListenerIsInterruptedAfterTheGraceAndHearsOfTheEnd() {
    StuckListener stuck = new StuckListener();
    ChatMessageListener listener =
        new ChatMessageListener() {
          @Override
          public void onMessage(ChatClient me, ChatMessage message) {
            stuck.onMessage(me, message);
          }

          @Override
          public void onNotice(ChatClient me, Notice notice) {
            recorder.onNotice(me, notice);
          }
        };
    Duration longer = Duration.ofMinutes(10); // Than the test: only its own clock gets there.
    HubClient client = builder(listener).scheduler(clock).closeWithin(longer).start();
    session().feed(chunk(CHAT, 0, 2));
    stuck.awaitStuck();
    int timers = clock.pending();
    CompletableFuture<Void> closed = Background.run(client::close);
    Await.until("the grace", () -> clock.pending() > timers);
    clock.advance(longer);
    stuck.awaitInterrupted();
    Await.result(closed);
    recorder.awaitNotice(new Notice.StateChanged(State.CLOSED));
    assertThat(client.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void listenerThatIgnoresInterruptsHearsNothingMoreOnceCloseHasReturned() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    ChatMessageListener stubborn =
        (me, message) -> {
          recorder.onMessage(me, message);
          stuck.countDown();
          awaitStubbornly(release);
          gone.countDown();
        };
    HubClient client = builder(stubborn).closeWithin(Duration.ofMillis(20)).start();
    session().feed(chunk(CHAT, 0, 5));
    Await.latch("the listener", stuck);
    client.close();
    release.countDown();
    Await.latch("the listener's end", gone);
    HubClient other = start((me, message) -> {});
    other.close();
    assertThat(recorder.texts()).containsExactly("text 1");
  }

  private static void awaitStubbornly(CountDownLatch latch) {
    CompletableFuture<Void> opened = Background.run(() -> Await.latch("the release", latch));
    while (!opened.isDone()) {
      try {
        opened.get();
      } catch (InterruptedException | ExecutionException e) {
        assertThat(e).isInstanceOf(InterruptedException.class);
      }
    }
  }

  @Test
  void interruptOfOneListenerReachesNoOther() {
    StuckListener stuck = new StuckListener();
    HubClient first = builder(stuck).closeWithin(Duration.ofMillis(20)).start();
    session().feed(chunk(CHAT, 0, 1));
    stuck.awaitStuck();
    List<Boolean> interrupted = new ArrayList<>();
    HubClient second =
        start(
            (me, message) -> {
              synchronized (interrupted) {
                interrupted.add(Thread.currentThread().isInterrupted());
              }
              recorder.onMessage(me, message);
            });
    first.close();
    for (int i = 0; i < 200; i++) {
      session().feed(chunk(CHAT, i, i + 1));
    }
    recorder.awaitMessages(200);
    second.close();
    assertThat(interrupted).doesNotContain(true);
  }

  @Test
  void closeFromACallbackReturns() {
    HubClient client = start(recorder);
    var closed = client.send(draft(1)).thenRun(client::close);
    session().asked().get(0).answer(entry(CHAT, 1));
    Await.result(closed);
    recorder.awaitNotice(new Notice.StateChanged(State.CLOSED));
  }

  @Test
  void closeFromTheListenerWaitsForAnswersButNotForItself() {
    CompletableFuture<Void> returned = new CompletableFuture<>();
    HubClient client =
        start(
            (me, message) -> {
              me.send(draft(9));
              me.close();
              returned.complete(null);
            });
    session().feed(chunk(CHAT, 0, 1));
    Await.until("the question", () -> !session().asked().isEmpty());
    assertThat(returned).isNotDone();
    session().asked().get(0).answer(entry(CHAT, 2));
    Await.result(returned);
    Await.until("the end", () -> session().isClosed);
    assertThat(client.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void closingTwiceAtTheSameTimeIsClosingOnce() {
    HubClient client = start(recorder);
    var sent = client.send(draft(1));
    var first = Background.run(client::close);
    Await.until("the close", () -> refusesMore(client));
    client.close();
    session().asked().get(0).answer(entry(CHAT, 1));
    Await.result(first);
    Await.result(sent);
    assertThat(client.state()).isEqualTo(State.CLOSED);
  }

  private boolean refusesMore(HubClient client) {
    CompletableFuture<Entry> sent = client.send(draft(2));
    Await.until("an answer", () -> isDoneOnceOthersAreAnswered(sent));
    return Await.code(sent) == Code.CLOSED;
  }

  /** The client's other thread may bring what is sent to the session a little later. */
  private boolean isDoneOnceOthersAreAnswered(CompletableFuture<Entry> sent) {
    List<ScriptedSession.Call> asked = session().asked();
    asked.subList(1, asked.size()).forEach(call -> call.answer(entry(CHAT, 2)));
    return sent.isDone();
  }

  private HubClient start(ChatMessageListener listener) {
    return builder(listener).start();
  }

  /** With the clock and the threads of the system. */
  private HubClientBuilder builder(ChatMessageListener listener) {
    return HubClient.join(hub, TOKEN).listener(listener);
  }
}

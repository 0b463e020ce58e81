package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.MessageKey;
import chat.talk.Scheduler;
import chat.talk.room.Chat;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.testkit.FaultyStorage;
import chat.talk.testkit.ForwardingHubStorage;
import chat.talk.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoopTest {
  private final SettableClock clock = new SettableClock();
  private final FaultyStorage storage = new FaultyStorage(HubStorage.inMemory());
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void taskThatCannotSayWhatItNeedsToKnowFailsAlone() {
    Loop loop = loop(clock);
    loop.submit(new Put("sound"));
    loop.submit(
        new Put("flawed") {
          @Override
          public List<MessageKey> keys() {
            throw new AssertionError("a flaw");
          }
        });
    run();
    loop.submit(new Put("later"));
    run();
    assertThat(told).containsExactly("flawed INTERNAL", "sound", "later");
  }

  @Test
  void groupThatMeetsAFlawIsAnsweredAndTheLoopGoesOn() {
    Loop loop = loop(clock);
    loop.submit(new Put("sound"));
    loop.submit(
        new Put("flawed") {
          @Override
          public boolean goesBeside(boolean settled) {
            throw new AssertionError("a flaw");
          }
        });
    run();
    assertThat(told).containsExactly("sound", "flawed");
    loop.submit(new Put("later"));
    run();
    assertThat(told).containsExactly("sound", "flawed", "later");
  }

  @Test
  void loopGoesOnWhenNothingCanBeArrangedForLater() {
    Loop loop = loop(new NoLater());
    loop.submit(new Put("first"));
    loop.submit(new Question());
    run();
    loop.submit(new Put("second"));
    run();
    assertThat(told).containsExactly("first", "question", "second");
  }

  @Test
  void whatIsInDoubtWithNobodyToAskLaterIsToldAsUnknown() {
    Loop loop = loop(new NoLater());
    storage.loseAnswers(FaultyStorage.ALL);
    loop.submit(new Put("first"));
    run();
    loop.submit(new Put("second"));
    run();
    assertThat(told).containsExactly("first TIMED_OUT", "second CLOSED");
  }

  /** It may have been stored by the try before. */
  @Test
  void failureToAskAgainIsNotToldAsIfNothingWasStored() throws InterruptedException {
    Loop loop = loop(clock);
    storage.loseAnswers(3);
    loop.submit(new Put("first"));
    run();
    storage.holdWrites();
    clock.advance(Loop.PAUSE);
    Thread fourth = new Thread(this::run);
    fourth.start();
    while (storage.writes() < 4) {
      Thread.onSpinWait();
    }
    loop.stop();
    fourth.interrupt(); // The storage refuses.
    fourth.join();
    assertThat(told).containsExactly("first TIMED_OUT");
  }

  /** A driver's flaw, met after the commit: only STORAGE may say that nothing was stored. */
  @Test
  void whatFailsInAWayOfItsOwnIsAskedAgain() {
    CrankyStorage cranky = new CrankyStorage();
    Loop loop = new Loop(new Store(cranky, clock), steps::add, clock);
    loop.submit(new Put("first"));
    run();
    assertThat(told).containsExactly("first");
    assertThat(cranky.commits).isEqualTo(2);
  }

  /** Stores, and then fails the first time. */
  private static final class CrankyStorage extends ForwardingHubStorage {
    private final HubStorage kept = HubStorage.inMemory();
    private int commits;

    @Override
    protected HubStorage kept() {
      return kept;
    }

    @Override
    public List<Appended> commit(List<? extends Change> changes) {
      List<Appended> appended = kept.commit(changes);
      if (++commits == 1) {
        throw new OutOfMemoryError("planned");
      }
      return appended;
    }
  }

  private Loop loop(Scheduler scheduler) {
    return new Loop(new Store(storage, scheduler), steps::add, scheduler);
  }

  private void run() {
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
  }

  /** Stores something. */
  private class Put implements Loop.Task {
    private final String name;

    Put(String name) {
      this.name = name;
    }

    @Override
    public boolean decide(Batch batch) {
      batch.put(new Fact.Room(ChatId.of(name), Chat.Kind.PRIVATE, name, null, batch.now(), false));
      batch.then(() -> told.add(name));
      return true;
    }

    @Override
    public void fail(ChatException why) {
      told.add(name + " " + why.code());
    }
  }

  private final class Question implements Loop.Task {
    @Override
    public boolean decide(Batch batch) {
      batch.then(() -> told.add("question"));
      return true;
    }

    @Override
    public void fail(ChatException why) {
      told.add("question " + why.code());
    }

    @Override
    public boolean goesBeside(boolean settled) {
      return true;
    }
  }

  /** A clock that sets no alarms, as a pool that was shut down. */
  private final class NoLater implements Scheduler {
    @Override
    public Instant now() {
      return clock.now();
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
      throw new RejectedExecutionException("nothing later");
    }
  }
}

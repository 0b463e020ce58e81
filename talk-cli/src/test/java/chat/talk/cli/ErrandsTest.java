package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.cli.RoomCommand.Concern;
import chat.talk.room.HubClient;
import chat.talk.room.Outbox;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what a person enters around something that fails. */
final class ErrandsTest {
  @TempDir Path home;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
  private final Person ada = new Person();
  private HubHouse house;
  private Errands errands;

  @BeforeEach
  void open() {
    house = new HubHouse(home);
    errands = new Errands(seat(house.client("ada")), nanos::get);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Seat seat(HubClient me) {
    ZoneOffset zone = ZoneOffset.UTC;
    Rooms rooms = new Rooms(me.name());
    Seen seen = new Seen();
    EntryLines lines = new EntryLines(ada, rooms, seen, zone);
    Unsent unsent = new Unsent(ada, lines, Outbox.inMemory());
    RoomScreen screen = new RoomScreen(ada, rooms, seen, lines, unsent, (one, end) -> {});
    return new Seat(me, house.arrival("ada"), ada, rooms, seen, screen, lines, unsent, zone);
  }

  private void say(String text) {
    errands.words("say", text, () -> ada.say("said: " + text));
  }

  private void obey(Concern concern, String line) {
    errands.command(line.split(" ", 2)[0], concern, line, () -> ada.say("done: " + line));
  }

  private static void fail() {
    throw new ChatException(Code.NOT_FOUND, "there is no such chat");
  }

  /** What was entered before is done with once a question is answered. */
  private void failToJoin() throws InterruptedException {
    errands.command(":join", Concern.WAY, ":join team", ErrandsTest::fail);
    obey(Concern.NONE, ":chats");
    ada.await("! there is no such chat");
    ada.await("done: :chats");
  }

  @Test
  void wordsFinishedRightBehindAFailureAreSaidOnceTheyAreEnteredAgain() throws Exception {
    failToJoin();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(2_999));
    say("one");
    ada.await("! not done, because :join failed: one");
    obey(Concern.CHAT, ":title Two");
    ada.await("! not done, because :join failed: :title Two");
    say("one");
    ada.await("said: one");
    assertThat(ada.all()).doesNotContain("done: :title Two");
    assertThat(errands.end()).isEqualTo(3);
  }

  @Test
  void whoHasHadTheTimeToReadOfAFailureIsHeard() throws Exception {
    failToJoin();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
    say("one");
    ada.await("said: one");
    assertThat(errands.end()).isEqualTo(1);
  }

  @Test
  void aWayThatWorksEndsWhatAnotherOnesFailureHasBegun() throws Exception {
    failToJoin();
    obey(Concern.WAY, ":with bob");
    say("one");
    ada.await("done: :with bob");
    ada.await("said: one");
    assertThat(errands.end()).isEqualTo(1);
  }

  @Test
  void whatIsEnteredAheadReliesOnTheLastWayBeforeIt() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    errands.command(
        ":join",
        Concern.WAY,
        ":join team",
        () -> {
          await(gate);
          fail();
        });
    say("one");
    obey(Concern.HEARERS, ":remove bob");
    obey(Concern.ELSEWHERE, ":password");
    obey(Concern.WAY, ":join club");
    say("two");
    gate.countDown();
    ada.await("! not done, because :join failed: one");
    ada.await("! not done, because :join failed: :remove bob");
    ada.await("done: :password");
    ada.await("done: :join club");
    ada.await("said: two");
    assertThat(errands.end()).isEqualTo(3);
  }

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFaultIsShownInALineAndCounted() throws Exception {
    errands.command(
        ":status",
        Concern.NONE,
        ":status",
        () -> {
          throw new IllegalStateException("something\nis broken");
        });
    ada.await("! unexpected: java.lang.IllegalStateException: something.*is broken");
    obey(Concern.NONE, ":who");
    ada.await("done: :who");
    assertThat(errands.end()).isEqualTo(1);
  }
}

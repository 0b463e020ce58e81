package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.room.HubClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** In real time, with many threads at once. */
final class RoomBreaksTest extends RoomFixture {
  private static final int SENDERS = 4;
  private static final int MESSAGES = 250;

  @Test
  void everySenderIsHeardOnceAndInOrderThoughTheConnectionBreaks() {
    try (LittleHub breaking = new LittleHub(CHAT, BOB);
        HubClient client = HubClient.join(breaking, TOKEN).listener(recorder).start()) {
      AtomicBoolean isOver = new AtomicBoolean();
      CompletableFuture<Void> breaks = Background.run(() -> breakAgain(breaking, isOver));
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        String name = "s" + i;
        senders.add(Background.run(() -> send(client, name)));
      }
      senders.forEach(Await::result);
      isOver.set(true);
      Await.result(breaks);
      Await.until("the last entry", () -> recorder.entries().size() >= SENDERS * MESSAGES);
      assertThat(recorder.entries()).isEqualTo(breaking.log());
      for (int i = 0; i < SENDERS; i++) {
        assertInOrder(breaking.log(), "s" + i);
      }
    }
    recorder.assertWellBehaved();
  }

  /** Each time when a little more was written, until all is. */
  private static void breakAgain(LittleHub hub, AtomicBoolean isOver) {
    while (!isOver.get()) {
      int size = hub.log().size();
      Await.until("more entries", () -> isOver.get() || hub.log().size() > size + 50);
      hub.breakLine();
    }
  }

  /** A few at a time. */
  private static void send(HubClient client, String name) {
    List<CompletableFuture<Entry>> sent = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      sent.add(client.send(new Draft(MessageId.of(name + "-" + i), CHAT, name)));
      if (i % 10 == 9) {
        sent.forEach(Await::result);
      }
    }
    sent.forEach(Await::result);
  }

  private static void assertInOrder(List<Entry> log, String name) {
    List<String> ids =
        log.stream()
            .map(entry -> entry.event().id().value())
            .filter(id -> id.startsWith(name + "-"))
            .toList();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      expected.add(name + "-" + i);
    }
    assertThat(ids).isEqualTo(expected);
  }
}

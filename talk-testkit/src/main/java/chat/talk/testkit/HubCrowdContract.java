package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.HubClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The part of {@link HubContract} about many clients at once, one of them stuck. */
abstract class HubCrowdContract extends HubReaderContract {
  private static final int CROWD = 1_000;
  private static final int SENDERS = 4;
  private static final int EACH = 25;

  /** Long enough for a thousand clients on a busy machine: it ends only by the test's clock. */
  private static final Duration GRACE = Duration.ofSeconds(100);

  @Test
  @Timeout(120)
  @Tag(HubContract.ONE_CONNECTION)
  void thousandClientsSeeTheSameAndOneThatIsStuckDelaysNobody() {
    serve(options -> options.withCloseWithin(GRACE).withReconnectWindow(Duration.ofMinutes(1)));
    StuckListener stuck = new StuckListener();
    start(HubClient.join(hub, "stuck"), stuck);
    List<Participant> crowd = IntStream.range(1, CROWD).mapToObj(i -> join(user(i))).toList();
    atTheEnd(stuck::release);
    ChatId general = crowd.get(0).general();
    List<CompletableFuture<Void>> senders =
        crowd.stream()
            .limit(SENDERS)
            .map(one -> Background.run(() -> talk(one, general, EACH)))
            .toList();
    stuck.awaitStuck();
    senders.forEach(Await::result);
    assertAllHeard(crowd, crowd.get(0).log(general));
    assertTheHubEndsWithinItsGrace(crowd);
  }

  private static void assertAllHeard(List<Participant> crowd, List<Entry> log) {
    assertThat(log).hasSize(SENDERS * EACH);
    for (Participant one : crowd) {
      Await.until("all entries", () -> one.heard().entries().size() >= log.size());
      assertThat(one.heard().entries()).isEqualTo(log);
    }
  }

  /** Nobody releases the stuck one. */
  private void assertTheHubEndsWithinItsGrace(List<Participant> crowd) {
    CompletableFuture<Void> stopped = Background.run(this::stop);
    crowd.forEach(one -> one.heard().awaitNotice(Notice.GoingAway.class));
    Await.until(
        "the end",
        () -> {
          clock.advance(GRACE);
          return stopped.isDone();
        });
    Await.result(stopped);
  }
}

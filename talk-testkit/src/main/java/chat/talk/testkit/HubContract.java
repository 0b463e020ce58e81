package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What every {@link Hub} has to hold, in this JVM or behind a network: the guarantees of the
 * design, asked through clients, with time in the test's hand.
 *
 * <pre>{@code
 * final class MyHubTest extends HubContract {
 *   @Override
 *   protected Hub open(HubOptions options) {
 *     return MyHub.over(options.storage(), options.scheduler(), ...);
 *   }
 * }
 * }</pre>
 *
 * <p>A hub is closed and opened again over the same storage; that is how a restart looks. A random
 * test that fails names its seed.
 */
public abstract class HubContract extends HubInputContract {
  /**
   * Tags the cases that are about one connection: whether somebody is connected; what the hub tells
   * once, and only to those who are (notices but for {@code Lost}, typing, presence); what needs a
   * session that goes on, as a transfer without a break or questions while the storage is silent;
   * that a device's newer client shuts the older one, and for what reason a connection ended.
   */
  protected static final String ONE_CONNECTION = "one-connection";

  private static final int WRITERS = 6;
  private static final int STEPS = 60;

  /** For subclasses. */
  protected HubContract() {}

  /**
   * Opens the hub under test.
   *
   * @param options how; what it does not name is left to the hub
   * @return a hub that serves; the contract closes it
   */
  protected abstract Hub open(HubOptions options);

  /**
   * Makes the storage that hubs are opened over.
   *
   * @return a new and empty one; in memory unless overridden
   */
  protected HubStorage storage() {
    return HubStorage.inMemory();
  }

  /**
   * Whether what is asked may be on its way for some time: then it may fail with {@code
   * UNREACHABLE}, not having reached the hub, where in one JVM it would be answered.
   *
   * @return false unless overridden
   */
  protected boolean hasNetwork() {
    return false;
  }

  @Override
  final boolean isBehindANetwork() {
    return hasNetwork();
  }

  /**
   * Whether the connections of clients may break at any moment, so that to come in may take several
   * attempts. Of the cases, those that are tagged {@value #ONE_CONNECTION} make no sense then.
   *
   * @return false unless overridden
   */
  protected boolean hasBadNetwork() {
    return false;
  }

  @Override
  final boolean isBehindABadNetwork() {
    return hasBadNetwork();
  }

  /** Releases what the hub needed, once it is closed; does nothing unless overridden. */
  @Override
  protected void close() {}

  @Override
  final Hub makeHub(HubOptions options) {
    return open(options);
  }

  @Override
  final HubStorage makeStorage() {
    return storage();
  }

  @RepeatedTest(3)
  void whateverManyDoAtOnceAllSeeOneOrder() {
    StorageContract.withSeed(
        random -> {
          List<Participant> all = IntStream.range(0, WRITERS).mapToObj(i -> join(user(i))).toList();
          ChatId general = all.get(0).general();
          List<Random> seeds = all.stream().map(one -> new Random(random.nextLong())).toList();
          List<CompletableFuture<List<Entry>>> writers =
              IntStream.range(0, WRITERS)
                  .mapToObj(i -> Background.supply(() -> act(all.get(i), general, seeds.get(i))))
                  .toList();
          List<Entry> made = writers.stream().flatMap(w -> Await.result(w).stream()).toList();
          assertOneOrder(all, general, made);
        });
  }

  /** Says, repeats, edits and erases things at random, and gives the entries that were answered. */
  private static List<Entry> act(Participant one, ChatId chat, Random random) {
    List<CompletableFuture<Entry>> answers = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      if (drafts.isEmpty() || random.nextInt(3) > 0) {
        drafts.add(Draft.of(chat, one.name() + " " + i));
        answers.add(one.client().send(drafts.get(drafts.size() - 1)));
      } else {
        answers.add(repeatOrChange(one, drafts.get(random.nextInt(drafts.size())), random));
      }
    }
    return answers.stream().filter(a -> Await.code(a) == null).map(Await::result).toList();
  }

  private static CompletableFuture<Entry> repeatOrChange(
      Participant one, Draft draft, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> one.client().send(draft);
      case 1 -> one.client().call(new Command.Edit(draft.id(), "edit " + random.nextInt()));
      default -> one.client().call(new Command.Erase(draft.id()));
    };
  }

  private static void assertOneOrder(List<Participant> all, ChatId chat, List<Entry> made) {
    List<Entry> log = all.get(0).log(chat);
    assertThat(log).extracting(entry -> entry.event().key()).doesNotHaveDuplicates();
    assertThat(log)
        .extracting(Entry::cursor)
        .containsAll(made.stream().map(Entry::cursor).toList());
    for (Participant one : all) {
      Await.until("all entries", () -> one.heard().entries().size() >= log.size());
      assertThat(one.heard().entries())
          .extracting(entry -> entry.event().key())
          .isEqualTo(log.stream().map(entry -> entry.event().key()).toList());
    }
  }
}

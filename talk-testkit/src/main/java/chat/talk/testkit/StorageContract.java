package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.Storage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What every {@link Storage} has to hold: order, repeats, ranges, cursors that mean nothing any
 * more, positions, many writers at once, and random operations compared with a model made of lists.
 * A random test that fails names its seed.
 *
 * <p>Times are compared to the millisecond: a storage may drop what is finer.
 */
public abstract class StorageContract extends StorageRetentionContract {
  private static final int STEPS = 400;

  /** For subclasses. */
  protected StorageContract() {}

  /**
   * Makes the storage under test.
   *
   * @return a new and empty one at each call; the contract closes it
   */
  protected abstract Storage open();

  /**
   * Makes a storage that drops its oldest entries when there is no more room.
   *
   * @param maxCharacters the room; each entry takes its text and not less than 100 characters
   * @return a new and empty one; nothing unless overridden, if there is no such kind
   */
  protected Optional<Storage> openBounded(long maxCharacters) {
    return Optional.empty();
  }

  /**
   * Opens once more what {@link #open()} opened last, which has been closed since.
   *
   * @return the storage with all that was in it; nothing unless overridden, if it does not last
   */
  protected Optional<Storage> reopen() {
    return Optional.empty();
  }

  @Override
  final Storage openFresh() {
    return open();
  }

  @Override
  final Optional<Storage> openSmall(long maxCharacters) {
    return openBounded(maxCharacters);
  }

  @Override
  final Optional<Storage> openAgain() {
    return reopen();
  }

  @RepeatedTest(10)
  void randomOperationsAgreeWithTheModel() {
    withSeed(
        random -> {
          StorageModel model = new StorageModel(storage, random, 200);
          for (int i = 0; i < STEPS; i++) {
            model.step();
          }
        });
  }

  @RepeatedTest(10)
  void boundedStorageKeepsTheNewestPartOfEachLogAndTellsOfTheRest() {
    Optional<Storage> bounded = openBounded(10_000);
    assumeThat(bounded).isPresent();
    storage = opened(bounded.orElseThrow());
    withSeed(
        random -> {
          StorageModel model = new StorageModel(storage, random, Integer.MAX_VALUE);
          for (int i = 0; i < STEPS / 2; i++) {
            model.append();
          }
          model.logs().forEach(this::checkNewestPart);
        });
  }

  private void checkNewestPart(ChatId chat, List<Entry> log) {
    List<Entry> retained = readOn(chat, Cursor.START, 3);
    int dropped = log.size() - retained.size();
    assertThat(retained).isEqualTo(log.subList(dropped, log.size()));
    assertThat(storage.readAfter(chat, Cursor.START, 3).lost()).isEqualTo(dropped > 0);
    for (int i = 0; i < log.size(); i++) {
      Page page = storage.readAfter(chat, log.get(i).cursor(), log.size());
      boolean lost = i + 1 < dropped;
      assertThat(page.lost()).isEqualTo(lost);
      assertThat(page.entries()).isEqualTo(lost ? retained : log.subList(i + 1, log.size()));
    }
  }

  private static void withSeed(Consumer<Random> test) {
    long seed = new Random().nextLong();
    try {
      test.accept(new Random(seed));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
    }
  }
}

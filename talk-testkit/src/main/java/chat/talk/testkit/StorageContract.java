package chat.talk.testkit;

import chat.talk.Storage;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What every {@link Storage} has to hold: order, repeats, ranges, cursors that mean nothing any
 * more, positions, many writers at once, and random operations compared with a model made of lists.
 * A random test that fails names its seed.
 *
 * <p>A storage that drops its oldest entries extends {@link BoundedStorageContract} instead, one
 * that outlives its process {@link DurableStorageContract}; who does both has two test classes.
 *
 * <p>Times are compared to the microsecond: a storage may drop what is finer.
 */
public abstract class StorageContract extends StorageReadContract {
  private static final int STEPS = 400;

  /** For subclasses. */
  protected StorageContract() {}

  /**
   * Makes the storage under test.
   *
   * @return a new and empty one at each call; the contract closes it
   */
  protected abstract Storage open();

  /** Releases what the storages needed, once they are closed; does nothing unless overridden. */
  @Override
  protected void close() {}

  @Override
  final Storage openFresh() {
    return open();
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

  static void withSeed(Consumer<Random> test) {
    long seed = new Random().nextLong();
    try {
      test.accept(new Random(seed));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
    }
  }
}

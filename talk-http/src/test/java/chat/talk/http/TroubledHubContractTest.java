package chat.talk.http;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.talk.http.internal.client.Ways;
import chat.talk.hub.EngineOptions;
import chat.talk.room.Hub;
import chat.talk.testkit.HubFileContract;
import chat.talk.testkit.HubOptions;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * The hub over a bad network: all clients' connections are cut, stalled, delayed and halved at
 * random all the time, and whatever the contract asks of a client holds. Sessions without a client,
 * which never come back, go over a good line. Half of the tests go over WebSockets, a quarter over
 * each of the other ways.
 *
 * <p>A quarter of the cases is run, each time another one; {@code -Dtalk.trouble.share=1} runs all.
 * A failure names its seed, {@code -Dtalk.trouble.seed} sets it.
 */
final class TroubledHubContractTest extends HubFileContract {
  private static final long SEED =
      Long.getLong("talk.trouble.seed", System.nanoTime() % 1_000_000_000);

  /** Of so many cases, one is run: each time others. */
  private static final int SHARE = Integer.getInteger("talk.trouble.share", 4);

  private static final List<Ways.Way> TURNS =
      List.of(Ways.SOCKET, Ways.STREAM, Ways.SOCKET, Ways.POLL);

  @RegisterExtension final SeedTeller teller = new SeedTeller();

  private SplittableRandom random;
  private Ways.Way way;
  private TroubledHub last;

  @BeforeEach
  void choose(TestInfo test) {
    assumeFalse(isAboutOneConnection(test), "it is about one connection");
    random = new SplittableRandom(SEED + name(test).hashCode());
    assumeTrue(random.nextInt(SHARE) == 0, "its turn comes with another seed");
    way = TURNS.get(random.nextInt(TURNS.size()));
  }

  /** Typing is never asked again, and is among the commands that some cases ask one by one. */
  private static boolean isAboutOneConnection(TestInfo test) {
    return test.getTags().contains(ONE_CONNECTION) || test.getDisplayName().contains("Type[");
  }

  private static String name(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
  }

  @Override
  protected Hub open(HubOptions options) {
    last = new TroubledHub(EngineOptions.open(options), way, random.split());
    return last;
  }

  @Override
  protected boolean hasNetwork() {
    return true;
  }

  @Override
  protected boolean hasBadNetwork() {
    return true;
  }

  /** Says of every failure in what run it was. */
  private final class SeedTeller
      implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      throw told(failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      throw told(failure);
    }

    private Throwable told(Throwable failure) {
      return failure instanceof TestAbortedException
          ? failure
          : new AssertionError(
              "-Dtalk.trouble.seed=%d: %s (%s)".formatted(SEED, failure, last), failure);
    }
  }
}

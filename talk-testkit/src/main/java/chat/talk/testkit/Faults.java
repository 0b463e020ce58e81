package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.time.Duration;

/**
 * How bad a {@link SimulatedNetwork} is: probabilities, each for one frame (a request, an answer, a
 * chunk or notice) or one attempt to connect, and times. A connection on which something was lost
 * ends within its {@linkplain #idleLimit idle limit}, as pings would make it, unless the client
 * notices before. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * Faults.none().delay(Duration.ofMillis(1), Duration.ofMillis(200)).cut(0.01)
 * }</pre>
 */
public final class Faults {
  private static final Faults NONE = new Faults();

  /** Nanoseconds, as the other times. */
  long minDelay = Duration.ofMillis(1).toNanos();

  long maxDelay = Duration.ofMillis(5).toNanos();
  long maxSpike;
  long idleLimit = Duration.ofSeconds(10).toNanos();
  double spike;
  double cut;
  double halfOpen;
  double loseRequest;
  double loseAnswer;
  double loseChunk;
  double duplicateRequest;
  double duplicateChunk;
  double reorder;
  double refuse;
  double ignore;
  int window = 256;

  private Faults() {}

  private Faults(Faults other) {
    minDelay = other.minDelay;
    maxDelay = other.maxDelay;
    maxSpike = other.maxSpike;
    idleLimit = other.idleLimit;
    spike = other.spike;
    cut = other.cut;
    halfOpen = other.halfOpen;
    loseRequest = other.loseRequest;
    loseAnswer = other.loseAnswer;
    loseChunk = other.loseChunk;
    duplicateRequest = other.duplicateRequest;
    duplicateChunk = other.duplicateChunk;
    reorder = other.reorder;
    refuse = other.refuse;
    ignore = other.ignore;
    window = other.window;
  }

  /**
   * A good network: 1 to 5 milliseconds each way, and nothing goes wrong.
   *
   * @return no faults
   */
  public static Faults none() {
    return NONE;
  }

  /**
   * A bad day with all kinds of faults, each now and then.
   *
   * @return all faults
   */
  public static Faults rough() {
    Faults rough = new Faults();
    rough.maxDelay = Duration.ofMillis(60).toNanos();
    rough.spike = 0.02;
    rough.maxSpike = Duration.ofSeconds(3).toNanos();
    rough.cut = 0.004;
    rough.halfOpen = 0.001;
    rough.loseRequest = 0.002;
    rough.loseAnswer = 0.002;
    rough.loseChunk = 0.002;
    rough.duplicateRequest = 0.01;
    rough.duplicateChunk = 0.005;
    rough.reorder = 0.005;
    rough.refuse = 0.1;
    rough.ignore = 0.05;
    return rough;
  }

  /**
   * How long each frame takes.
   *
   * @param min at least
   * @param max less than
   * @return the changed copy
   */
  public Faults delay(Duration min, Duration max) {
    Faults changed = new Faults(this);
    changed.minDelay = span(min);
    changed.maxDelay = span(max.minus(min)) + changed.minDelay;
    return changed;
  }

  /**
   * Some frames take much longer, and those behind them with them.
   *
   * @param probability of one frame
   * @param most how much longer at most
   * @return the changed copy
   */
  public Faults spikes(double probability, Duration most) {
    Faults changed = new Faults(this);
    changed.spike = chance(probability);
    changed.maxSpike = span(most);
    return changed;
  }

  /**
   * The connection breaks: both ends learn it at once, or only one, and the other later. Of what
   * was under way, requests may arrive still, also after the client has come back.
   *
   * @param probability that a frame breaks it
   * @return the changed copy
   */
  public Faults cut(double probability) {
    Faults changed = new Faults(this);
    changed.cut = chance(probability);
    return changed;
  }

  /**
   * Nothing passes any more and nobody is told, until an end loses patience or the {@linkplain
   * #idleLimit idle limit} is over.
   *
   * @param probability that it begins with a frame
   * @return the changed copy
   */
  public Faults halfOpen(double probability) {
    Faults changed = new Faults(this);
    changed.halfOpen = chance(probability);
    return changed;
  }

  /**
   * A request is lost, and those behind it on the same connection with it: a network that would let
   * them pass keeps no order, which a {@link chat.talk.room.Session} has to.
   *
   * @param probability of one request
   * @return the changed copy
   */
  public Faults loseRequests(double probability) {
    Faults changed = new Faults(this);
    changed.loseRequest = chance(probability);
    return changed;
  }

  /**
   * A single answer is lost.
   *
   * @param probability of one answer
   * @return the changed copy
   */
  public Faults loseAnswers(double probability) {
    Faults changed = new Faults(this);
    changed.loseAnswer = chance(probability);
    return changed;
  }

  /**
   * A single chunk or notice is lost. What a client can't miss is never lost and never late: the
   * first chunk of a chat in which it has no place yet, and what tells that the next chunk may
   * begin anywhere.
   *
   * @param probability of one chunk or notice
   * @return the changed copy
   */
  public Faults loseChunks(double probability) {
    Faults changed = new Faults(this);
    changed.loseChunk = chance(probability);
    return changed;
  }

  /**
   * A request arrives twice, with nothing between: a refusal is not remembered, and what was
   * refused once might be accepted later.
   *
   * @param probability of one request
   * @return the changed copy
   */
  public Faults duplicateRequests(double probability) {
    Faults changed = new Faults(this);
    changed.duplicateRequest = chance(probability);
    return changed;
  }

  /**
   * A chunk or notice arrives twice.
   *
   * @param probability of one chunk or notice
   * @return the changed copy
   */
  public Faults duplicateChunks(double probability) {
    Faults changed = new Faults(this);
    changed.duplicateChunk = chance(probability);
    return changed;
  }

  /**
   * An answer, chunk or notice is overtaken by what follows. Requests never are.
   *
   * @param probability of one of them
   * @return the changed copy
   */
  public Faults reorder(double probability) {
    Faults changed = new Faults(this);
    changed.reorder = chance(probability);
    return changed;
  }

  /**
   * The hub can't be reached: an attempt to connect fails.
   *
   * @param probability of one attempt
   * @return the changed copy
   */
  public Faults refuseConnections(double probability) {
    Faults changed = new Faults(this);
    changed.refuse = chance(probability);
    return changed;
  }

  /**
   * An attempt to connect, or the answer to it, is lost: nothing comes back.
   *
   * @param probability of one attempt
   * @return the changed copy
   */
  public Faults ignoreConnections(double probability) {
    Faults changed = new Faults(this);
    changed.ignore = chance(probability);
    return changed;
  }

  /**
   * When the network ends a connection over which nothing passes any more.
   *
   * @param limit 10 seconds unless set
   * @return the changed copy
   */
  public Faults idleLimit(Duration limit) {
    Faults changed = new Faults(this);
    changed.idleLimit = span(limit);
    return changed;
  }

  /**
   * How many entries may be under way to a client or wait for its poll: a slow reader has a small
   * window. The hub isn't polled while it is full. A connection keeps the one it began with.
   *
   * @param entries at least 1; 256 unless set
   * @return the changed copy
   */
  public Faults window(int entries) {
    Faults changed = new Faults(this);
    if (entries < 1) {
      throw new ChatException(Code.INVALID, "a window is at least 1, but was " + entries);
    }
    changed.window = entries;
    return changed;
  }

  private static double chance(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new ChatException(Code.INVALID, "a probability is 0 to 1, but was " + probability);
    }
    return probability;
  }

  private static long span(Duration span) {
    if (span.isNegative() || span.compareTo(Duration.ofDays(365)) > 0) {
      throw new ChatException(Code.INVALID, "a span is up to a year, but was " + span);
    }
    return span.toNanos();
  }
}

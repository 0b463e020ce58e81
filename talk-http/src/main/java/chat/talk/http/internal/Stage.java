package chat.talk.http.internal;

import java.time.Duration;

/** What a connection is doing, and until when. For the channel's thread. */
final class Stage {
  private final Limits limits;
  private Phase phase = Phase.FRESH;
  private long deadline;
  private long timeLeft;

  /** What it is, and so what it means when time is up. */
  enum Phase {
    /** Nothing has come yet. */
    FRESH,
    /** Between two requests. */
    IDLE,
    HEAD,
    BODY,
    /** What has come of a body must be dealt with before more may come. */
    PAUSED,
    HANDLING,
    WRITING,
    ENDED
  }

  Stage(Limits limits) {
    this.limits = limits;
  }

  void enter(Phase next, Duration allowed) {
    phase = next;
    deadline = System.nanoTime() + allowed.toNanos();
  }

  void begin() {
    enter(Phase.HEAD, limits.headerTimeout());
  }

  Phase phase() {
    return phase;
  }

  boolean is(Phase other) {
    return phase == other;
  }

  boolean isReading() {
    return phase == Phase.BODY || phase == Phase.PAUSED;
  }

  /** Whether no request is under way, or none of which more than a part of the head is here. */
  boolean isIdle() {
    return phase == Phase.FRESH || phase == Phase.IDLE || phase == Phase.HEAD;
  }

  boolean isTimeUp() {
    return System.nanoTime() - deadline >= 0;
  }

  /** What comes earns time, but nobody can save up hours of it. */
  void allowFor(int bytes) {
    if (phase == Phase.BODY) {
      long most = limits.headerTimeout().plus(limits.idleTimeout()).toNanos();
      long left = deadline - System.nanoTime();
      deadline += Math.min(Limits.nanosFor(bytes), Math.max(0, most - left));
    }
  }

  /** From now on it is not the client's time that passes. */
  void pause() {
    timeLeft = deadline - System.nanoTime();
    enter(Phase.PAUSED, limits.handlerTimeout());
  }

  void resume() {
    enter(Phase.BODY, Duration.ofNanos(timeLeft));
  }
}

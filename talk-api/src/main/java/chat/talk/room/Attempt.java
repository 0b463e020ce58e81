package chat.talk.room;

import chat.talk.ChatException;
import java.time.Duration;
import java.time.Instant;
import org.jetbrains.annotations.Nullable;

/** One attempt to connect, and the session that came of it. */
final class Attempt implements Session.Listener {
  private final Line line;

  /** Set once, by the client's tasks. */
  private volatile @Nullable Session session;

  /** Only used by the client's tasks, as what follows. */
  private Instant openedAt = Instant.MAX;

  @Nullable ChatException endedEarly;

  @Nullable Duration comeBackAfter;

  /** Whether its session seems to have ended, and nothing more is asked over it. */
  boolean isSuspect;

  Attempt(Line line) {
    this.line = line;
  }

  @Nullable
  Session session() {
    return session;
  }

  void opened(Session opened, Instant now) {
    session = opened;
    openedAt = now;
  }

  Instant openedAt() {
    return openedAt;
  }

  @Override
  public void onReady() {
    line.ready(this);
  }

  @Override
  public void onEnd(ChatException why) {
    line.ended(this, why);
  }
}

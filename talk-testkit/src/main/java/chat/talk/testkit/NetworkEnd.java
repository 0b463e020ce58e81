package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** A hub as one client sees it over the network. */
final class NetworkEnd implements Hub {
  final Simulation simulation;
  final RandomGenerator random;
  final String name;
  private final Hub target;
  private final List<NetworkSession> sessions = new ArrayList<>();
  Faults faults;
  private long blockedUntil;
  private long attempts;

  NetworkEnd(SimulatedNetwork network, Hub target, String name, Faults faults) {
    this.simulation = network.simulation;
    this.random = simulation.newRandom();
    this.target = target;
    this.name = name;
    this.faults = faults;
  }

  /** When a frame that goes now arrives, whatever is before it. */
  long arrival() {
    long delay = faults.minDelay + random(faults.maxDelay - faults.minDelay);
    if (faults.spike > 0 && random.nextDouble() < faults.spike) {
      delay += random(faults.maxSpike);
    }
    return Math.max(simulation.now(), blockedUntil) + delay;
  }

  long random(long bound) {
    return bound <= 0 ? 0 : random.nextLong(bound);
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    long attempt = ++attempts;
    CompletableFuture<Session> result = new CompletableFuture<>();
    double fate = random.nextDouble();
    boolean refused = fate < faults.refuse || (isBlocked() && random.nextBoolean());
    if (refused) {
      simulation.at(
          simulation.now() + random(faults.maxDelay),
          () -> result.completeExceptionally(unreachable("no way to the hub")));
    } else if (fate < faults.refuse + faults.ignore / 2) {
      simulation.note(attempt);
    } else {
      boolean answerLost = fate < faults.refuse + faults.ignore;
      NetworkSession session = new NetworkSession(this, listener, result, resume.keySet());
      simulation.at(
          arrival(),
          () -> {
            if (attempt == attempts) {
              connect(login, resume, session, result, answerLost);
            }
          });
    }
    return result;
  }

  private boolean isBlocked() {
    return blockedUntil > simulation.now();
  }

  private void connect(
      Login login,
      Map<ChatId, Cursor> resume,
      NetworkSession session,
      CompletableFuture<Session> result,
      boolean answerLost) {
    target
        .connect(login, resume, session)
        .whenComplete(
            (far, failure) -> {
              if (failure == null) {
                sessions.removeIf(NetworkSession::isOver);
                sessions.add(session);
                session.established(far, answerLost);
              } else {
                refuse(result, ChatException.of(failure));
              }
            });
  }

  private void refuse(CompletableFuture<Session> result, ChatException why) {
    simulation.at(arrival(), () -> result.completeExceptionally(why));
  }

  void cut() {
    List.copyOf(sessions).forEach(NetworkSession::cut);
  }

  void halfOpen() {
    sessions.forEach(NetworkSession::silence);
  }

  void isolate(long until) {
    blockedUntil = Math.max(blockedUntil, until);
    for (NetworkSession session : sessions) {
      if (random.nextBoolean()) {
        session.silence();
      }
    }
  }

  void heal() {
    blockedUntil = 0;
  }

  static ChatException unreachable(String why) {
    return new ChatException(Code.UNREACHABLE, why);
  }

  /** Breaks the connections; the hub itself isn't this one's to shut down. */
  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    close();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    attempts++;
    List.copyOf(sessions).forEach(NetworkSession::end);
  }
}

package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * One connection: to the client a session, to the hub a listener. Each side knows only what has
 * reached it.
 */
final class NetworkSession implements Session, Session.Listener {
  private static final int WAYS_TO_BREAK = 4;

  final NetworkEnd end;
  private final Simulation simulation;
  private final Listener client;
  private final CompletableFuture<Session> connecting;
  private final Downlink downlink;

  /** What the client has asked and has no answer to. */
  private final List<Question<?>> questions = new ArrayList<>();

  private @Nullable Session far;

  /** Whether each side knows that it is over. */
  private boolean clientKnows;

  private boolean hubKnows;

  /** Whether what is sent from now on gets lost. */
  private boolean silentUp;

  private boolean silentDown;
  private boolean doomed;
  private long lastUp;
  private long lastDown;

  NetworkSession(
      NetworkEnd end, Listener client, CompletableFuture<Session> connecting, Set<ChatId> resumed) {
    this.end = end;
    this.simulation = end.simulation;
    this.client = client;
    this.connecting = connecting;
    this.downlink = new Downlink(this, resumed);
  }

  /** The hub has let the client in, and this is how it hears of it. */
  void established(Session session, boolean answerLost) {
    far = session;
    if (answerLost) {
      silence();
    }
    down(() -> connecting.complete(this));
    downlink.start(session, client);
  }

  boolean isOver() {
    return clientKnows && hubKnows;
  }

  // The client's side.

  @Override
  public UserName user() {
    return established().user();
  }

  @Override
  public String device() {
    return established().device();
  }

  private Session established() {
    if (far == null) {
      throw new IllegalStateException("not connected yet");
    }
    return far;
  }

  @Override
  public <R> CompletableFuture<R> call(Command<R> command) {
    if (clientKnows) {
      return CompletableFuture.failedFuture(NetworkEnd.unreachable("the connection has ended"));
    }
    Question<R> question = new Question<>(command, questions.size());
    questions.add(question);
    request(question);
    return question.answer;
  }

  private void request(Question<?> question) {
    Faults faults = end.faults;
    double fate = end.random.nextDouble();
    double duplicated = faults.duplicateRequest;
    double cut = duplicated + faults.cut;
    double lost = cut + faults.loseRequest;
    if (fate < lost && fate >= cut) {
      silentUp = true;
      doom();
    }
    boolean twice = fate < duplicated;
    up(() -> arrive(question, twice));
    if (fate >= duplicated && fate < cut) {
      cut();
    } else if (fate >= lost && fate < lost + faults.halfOpen) {
      silence();
    }
  }

  @Override
  public Feed poll(int maxEntries) {
    return clientKnows ? Feed.EMPTY : downlink.poll(maxEntries);
  }

  @Override
  public void close() {
    if (!clientKnows) {
      clientKnows = true;
      if (end.random.nextDouble() < end.faults.loseRequest) {
        silentUp = true;
      }
      up(this::endHub);
      doom();
      failQuestions();
    }
  }

  private void failQuestions() {
    List<Question<?>> open = List.copyOf(questions);
    questions.clear();
    ChatException ended = NetworkEnd.unreachable("the connection ended before an answer came");
    open.forEach(question -> question.answer.completeExceptionally(ended));
  }

  // Between the two.

  /** Something goes to the hub, behind all that went before. */
  void up(Runnable frame) {
    if (!silentUp) {
      lastUp = Math.max(lastUp + 1, end.arrival());
      simulation.at(lastUp, frame);
    }
  }

  /** Something goes to the client, behind all that went before. */
  void down(Runnable frame) {
    if (!silentDown) {
      lastDown = Math.max(lastDown + 1, end.arrival());
      simulation.at(lastDown, frame);
    }
  }

  /** Something goes to the client, and others may overtake it. */
  void downLate(Runnable frame) {
    if (!silentDown) {
      long late = Math.max(lastDown, end.arrival()) + end.random(end.faults.maxDelay * 2);
      simulation.at(late, frame);
    }
  }

  private void arrive(Question<?> question, boolean twice) {
    arrive(question);
    if (twice) {
      arrive(question);
    }
  }

  /** Comes also when the hub has ended the session: it has to refuse what is asked then. */
  private <R> void arrive(Question<R> question) {
    established()
        .call(question.command)
        .whenComplete((result, failure) -> answer(question, result, failure));
  }

  private <R> void answer(Question<R> question, R result, @Nullable Throwable failure) {
    if (clientKnows || question.isSettled()) {
      return;
    }
    double fate = end.random.nextDouble();
    Faults faults = end.faults;
    Runnable settle = () -> settle(question, result, failure);
    if (fate < faults.loseAnswer) {
      doom();
    } else if (fate < faults.loseAnswer + faults.reorder) {
      downLate(settle);
    } else {
      down(settle);
    }
  }

  private <R> void settle(Question<R> question, R result, @Nullable Throwable failure) {
    if (clientKnows || question.isSettled()) {
      return;
    }
    remove(question);
    if (failure == null) {
      question.answer.complete(result);
    } else {
      question.answer.completeExceptionally(ChatException.of(failure));
    }
  }

  private void remove(Question<?> question) {
    Question<?> last = questions.remove(questions.size() - 1);
    if (last != question) {
      last.place = question.place;
      questions.set(last.place, last);
    }
  }

  boolean clientKnows() {
    return clientKnows;
  }

  boolean hubKnows() {
    return hubKnows;
  }

  // How it ends.

  /** Nothing passes any more; some time later the network ends it. */
  void silence() {
    silentUp = true;
    silentDown = true;
    doom();
  }

  /** It will end in a while, whatever happens. */
  void doom() {
    if (!doomed) {
      doomed = true;
      simulation.at(simulation.now() + end.faults.idleLimit, this::end);
    }
  }

  /** Breaks, in one of the ways in which connections do. */
  void cut() {
    long soon = simulation.now();
    long later = soon + end.random(end.faults.idleLimit);
    int way = end.random.nextInt(WAYS_TO_BREAK);
    if (way == 0) {
      silence();
    } else {
      silentUp = true;
      silentDown = true;
      simulation.at(way == 1 ? later : soon, this::endClient);
      simulation.at(way == 2 ? later : soon, this::endHub);
    }
  }

  void end() {
    endHub();
    endClient();
  }

  private void endHub() {
    if (!hubKnows) {
      hubKnows = true;
      established().close();
    }
  }

  private void endClient() {
    endClient(NetworkEnd.unreachable("the connection broke"));
  }

  private void endClient(ChatException why) {
    if (!clientKnows) {
      clientKnows = true;
      if (!connecting.completeExceptionally(why)) {
        client.onEnd(why);
      }
      failQuestions();
    }
  }

  // The hub's side.

  @Override
  public void onReady() {
    downlink.ready();
  }

  @Override
  public void onEnd(ChatException why) {
    hubKnows = true;
    if (end.random.nextDouble() < end.faults.loseAnswer) {
      silence();
    } else if (!clientKnows) {
      down(() -> endClient(why));
    }
  }

  private static final class Question<R> {
    final Command<R> command;
    final CompletableFuture<R> answer = new CompletableFuture<>();

    /** In the list, as long as it is there. */
    int place;

    Question(Command<R> command, int place) {
      this.command = command;
      this.place = place;
    }

    boolean isSettled() {
      return answer.isDone();
    }
  }
}

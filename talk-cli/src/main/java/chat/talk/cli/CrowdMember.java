package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.annotations.Nullable;

/** One emulated user. */
final class CrowdMember implements ChatMessageListener {
  private final Hub hub;
  private final Tally tally;
  private final SameOrder order;
  private final Login login;
  private final Map<ChatId, Cursor> places = new ConcurrentHashMap<>();
  private final Map<ChatId, SameOrder.Stretch> seen = new ConcurrentHashMap<>();

  /** What was sent and not answered before he left; he sends it again when he comes back. */
  private final Queue<Draft> unanswered = new ConcurrentLinkedQueue<>();

  private final AtomicReference<@Nullable ChatMessage> lastHeard = new AtomicReference<>();
  private volatile @Nullable HubClient client;
  private volatile boolean isAway = true;
  private volatile long came;

  /** What he does last: he comes when he is gone, and goes when he is there. */
  private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);

  private volatile boolean isLeaving;

  final UserName name;

  CrowdMember(Hub hub, UserName name, Tally tally, SameOrder order) {
    this.hub = hub;
    this.name = name;
    this.tally = tally;
    this.order = order;
    this.login = new Login.NewUser(name, Token.random());
  }

  /** Comes, or comes back to where he was. */
  synchronized CompletableFuture<Void> come() {
    isAway = false;
    turn = turn.handle((done, failure) -> failure).thenCompose(before -> connect());
    return turn;
  }

  private CompletableFuture<Void> connect() {
    isLeaving = false;
    HubClient coming =
        HubClient.join(hub, login).resumeFrom(Map.copyOf(places)).listener(this).open();
    client = coming;
    sendAgain(coming);
    return coming.connected().thenRun(() -> came = System.nanoTime());
  }

  synchronized CompletableFuture<Void> leave() {
    isAway = true;
    turn = turn.handle((done, failure) -> failure).thenCompose(before -> disconnect());
    return turn;
  }

  /** Whether he has left, or never came. */
  boolean isAway() {
    return isAway;
  }

  private CompletableFuture<Void> disconnect() {
    isLeaving = true;
    HubClient leaving = client;
    client = null;
    return leaving == null ? CompletableFuture.completedFuture(null) : leaving.stop();
  }

  boolean isHere() {
    HubClient present = client;
    return present != null && present.state() == ChatClient.State.CONNECTED;
  }

  /** The client; null while he is away. */
  @Nullable
  HubClient client() {
    return client;
  }

  /** Says something, perhaps about what he has heard last. */
  void say(Recipient to, String words, boolean comments) {
    HubClient me = client;
    if (me != null) {
      ChatMessage heard = lastHeard.get();
      boolean fits = comments && heard != null && heard.chat().equals(to);
      long begun = System.nanoTime();
      Draft draft = Draft.of(to, words + " @" + begun);
      tally.asked.increment();
      send(me, fits ? draft.about(heard.key()) : draft, begun);
    }
  }

  private void send(HubClient me, Draft draft, long begun) {
    me.send(draft).whenComplete((entry, failure) -> answered(draft, entry, failure, begun));
  }

  /** Whoever closes his client doesn't know what became of what was under way. */
  private void answered(
      Draft draft, @Nullable Entry entry, @Nullable Throwable failure, long begun) {
    if (failure != null && ChatException.of(failure).code() == Code.CLOSED) {
      unanswered.add(draft);
      sendAgainIfHere();
      return;
    }
    tally.answered.increment();
    if (entry != null) {
      Tally.note(tally.stored, begun);
      tally.sent.increment();
      order.stored(entry);
    } else {
      tally.error(failure);
    }
  }

  /** He may be back before he is told. */
  private void sendAgainIfHere() {
    HubClient me = client;
    if (me != null && me.state() != ChatClient.State.CLOSED) {
      sendAgain(me);
    }
  }

  private void sendAgain(HubClient me) {
    for (Draft draft = unanswered.poll(); draft != null; draft = unanswered.poll()) {
      send(me, draft, System.nanoTime());
    }
  }

  void type(boolean active) {
    HubClient me = client;
    if (me != null) {
      var unused = me.typing(Rooms.GENERAL, active);
    }
  }

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    lastHeard.set(message);
    int at = message.text().lastIndexOf('@');
    if (message.author().value().startsWith(Crowd.PREFIX) && at > 0) {
      tally.delivered.increment();
      noteArrival(Long.parseLong(message.text().substring(at + 1)));
    }
  }

  /** What was said while he was away says nothing about how long it took. */
  private void noteArrival(long said) {
    if (said - came > 0) {
      Tally.note(tally.arrived, said);
    }
  }

  @Override
  public void onEntry(ChatClient me, Entry entry) {
    ChatId chat = entry.event().chat();
    order.saw(name.value(), entry, places.get(chat));
    places.put(chat, entry.cursor());
    seen.merge(chat, SameOrder.Stretch.of(entry.cursor()), SameOrder.Stretch::and);
    ChatMessageListener.super.onEntry(me, entry);
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    if (notice instanceof Notice.StateChanged change
        && change.state() != ChatClient.State.CONNECTED
        && !isLeaving) {
      tally.broken.increment();
    } else if (notice instanceof Notice.Lost lost) {
      tally.violation(name + " has lost some of " + lost.chat());
      places.remove(lost.chat());
    }
  }

  /** Whether he has seen these places of a chat. */
  boolean hasSeen(ChatId chat, SameOrder.Stretch places) {
    SameOrder.Stretch own = seen.get(chat);
    return own != null && own.holds(places);
  }

  /** For the summary of what is missing. */
  String lacks(ChatId chat, SameOrder.Stretch places) {
    SameOrder.Stretch own = seen.get(chat);
    String got = own == null ? "nothing" : own.toString();
    return name + " has got " + got + " of " + chat + ", but " + places + " was acknowledged";
  }
}

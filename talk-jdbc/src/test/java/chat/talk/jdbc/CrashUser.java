package chat.talk.jdbc;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Scheduled;
import chat.talk.room.Token;
import chat.talk.testkit.DeviceHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jetbrains.annotations.Nullable;

/**
 * A user who does as much as he can, through a client that outlives the hub. All of it runs on the
 * {@link CrashWorld}'s thread.
 */
final class CrashUser implements ChatMessageListener {
  private static final ChatId GENERAL = ChatId.of("general");
  private static final int IN_FLIGHT = 3;
  private static final int REMEMBERED = 32;

  final UserName name;
  final DeviceHistory history;
  private final CrashWorld world;
  private final CrashWay way;
  private final RandomGenerator random;
  private final Token token = Token.random();
  private final Map<ChatId, Cursor> places = new HashMap<>();
  private final List<ChatMessage> heard = new ArrayList<>();
  private final List<MessageId> said = new ArrayList<>();
  private final List<MessageId> planned = new ArrayList<>();
  private @Nullable ClientLife life;
  private @Nullable HubClient client;
  private @Nullable Entry lastAcknowledged;
  private int number;
  private int lives;

  /** How much of what the present client has asked is not answered. */
  private int open;

  CrashUser(CrashWorld world, UserName name, CrashWay way, DeviceHistory history) {
    this.world = world;
    this.random = world.random();
    this.name = name;
    this.way = way;
    this.history = history;
  }

  /** Begins with a client, or with another one after the old one was killed. */
  void start() {
    boolean isFirst = life == null;
    if (!isFirst) {
      life.kill();
      history.restarted();
    }
    open = 0;
    lives++;
    life = new ClientLife(world.network(), way, world);
    Login login = isFirst ? new Login.NewUser(name, token) : new Login.Known(token);
    RandomGenerator haste = new Haste(world.random());
    client = HubClient.join(life, login).listener(this).executor(life).random(haste).open();
  }

  HubClient client() {
    return client;
  }

  void stop() {
    if (life != null) {
      life.kill();
    }
  }

  // What he hears.

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    remember(heard, message);
  }

  private <T> void remember(List<T> list, T one) {
    if (list.size() < REMEMBERED) {
      list.add(one);
    } else {
      list.set(random.nextInt(REMEMBERED), one);
    }
  }

  @Override
  public void onEntry(ChatClient me, Entry entry) {
    Entry shared = world.share(entry);
    history.onEntry(me, shared);
    places.put(shared.event().chat(), shared.cursor());
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    history.onNotice(me, notice);
  }

  // What he does.

  /** Keeps so much under way that there always is something unanswered. */
  void talk() {
    while (world.isTalking() && open < IN_FLIGHT) {
      open++;
      ClientLife now = life;
      act(random.nextInt(100)).whenComplete((done, failure) -> goOn(now, failure != null));
    }
  }

  /** At once, or a little later when something is wrong. */
  private void goOn(ClientLife then, boolean hasFailed) {
    Executor next =
        hasFailed ? CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, world) : world;
    next.execute(() -> done(then));
  }

  private void done(ClientLife then) {
    if (then == life) {
      open--;
      talk();
    }
  }

  private CompletableFuture<?> act(int what) {
    if (what < 45) {
      return say(GENERAL);
    } else if (what < 58) {
      return say(one(world.users()).name);
    } else if (what < 78) {
      return say(one(world.rooms()).id());
    } else if (what < 90) {
      return change(what);
    }
    return other(what);
  }

  private CompletableFuture<?> change(int what) {
    if (said.isEmpty() || heard.isEmpty()) {
      return say(GENERAL);
    } else if (what < 83) {
      ChatMessage message = one(heard);
      return send(draft(message.chat()).about(message.key()));
    } else if (what < 87) {
      return edit(one(said));
    }
    MessageId message = one(said);
    CompletableFuture<Entry> answer = client.erase(message);
    history.erased(message, answer);
    return answer;
  }

  private CompletableFuture<?> edit(MessageId message) {
    String text = name + " corrects " + ++number;
    CompletableFuture<Entry> answer = client.edit(message, text);
    history.edited(message, text, answer);
    return answer;
  }

  private CompletableFuture<?> other(int what) {
    if (what < 92) {
      return goAndComeBack(one(world.rooms()));
    } else if (what < 95) {
      return sayLater(random.nextBoolean() ? GENERAL : one(world.users()).name);
    } else if (what < 97) {
      return askChats();
    }
    return places.isEmpty() ? say(GENERAL) : markRead(one(List.copyOf(places.keySet())));
  }

  private CompletableFuture<?> markRead(ChatId chat) {
    Cursor upTo = places.get(chat);
    CompletableFuture<Void> answer = client.markRead(chat, upTo);
    history.marked(chat, upTo, answer);
    return answer;
  }

  private CompletableFuture<?> askChats() {
    long outages = world.outages();
    var answer = client.chats().thenApply(chats -> requireNoOutage(outages, chats));
    history.askedChats(answer);
    return answer;
  }

  /** While its database is away, a hub tells reading positions that a kill undoes. */
  private <T> T requireNoOutage(long outages, T answer) {
    if (outages % 2 != 0 || outages != world.outages()) {
      throw new ChatException(Code.STORAGE, "the database is or was away");
    }
    return answer;
  }

  CompletableFuture<?> say(Recipient to) {
    return send(draft(to));
  }

  private Draft draft(Recipient to) {
    MessageId id = MessageId.of(name + "-" + ++number);
    remember(said, id);
    return new Draft(id, to, name + " says " + number);
  }

  private CompletableFuture<?> send(Draft draft) {
    CompletableFuture<Entry> answer = client.send(draft);
    history.sent(draft, answer);
    return answer.thenAccept(this::acknowledged);
  }

  private void acknowledged(Entry entry) {
    world.countAcknowledged();
    if (entry.event().chat().equals(GENERAL)) {
      lastAcknowledged = entry;
    }
  }

  private CompletableFuture<?> sayLater(Recipient to) {
    Draft draft = draft(to);
    Instant at = world.due(random.nextInt(500));
    CompletableFuture<Scheduled> answer = client.schedule(draft, at);
    history.scheduled(draft, at, answer);
    planned.add(draft.id());
    return answer;
  }

  /** Enters a private chat, after having left it if he was in it. */
  CompletableFuture<?> goAndComeBack(CrashRoom room) {
    if (room.owner() == this) {
      return say(room.id());
    }
    return client
        .leave(room.id())
        .handle((left, failure) -> room.owner().client().invite(room.id(), name))
        .thenCompose(invited -> invited.handle((done, failure) -> client.accept(room.id())))
        .thenCompose(accepted -> accepted.handle((done, failure) -> null));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  // What is asked of him.

  /** The last message that was acknowledged to him is where he was told. */
  CompletableFuture<Void> findsLastMessage() {
    Entry expected = lastAcknowledged;
    if (expected == null) {
      return CompletableFuture.completedFuture(null);
    }
    return client
        .find(expected.event().key())
        .handle((found, failure) -> found == null ? failure.toString() : found.cursor())
        .thenAccept(found -> requireSame(expected, found));
  }

  private void requireSame(Entry expected, Object found) {
    if (!expected.cursor().equals(found)) {
      String who = name + (lives > 1 ? ", restarted" : "");
      throw new AssertionError(who + " has lost " + expected + ": " + found);
    }
  }

  /** And is not about to connect again. */
  boolean isConnected() {
    return client.state() == ChatClient.State.CONNECTED && !life.isConnecting();
  }

  boolean isIdle() {
    return open == 0;
  }

  /** Whether nothing of his is to be sent later, and he has seen all of his chats. */
  CompletableFuture<Boolean> isUpToDate() {
    return client
        .scheduled()
        .thenCombine(
            client.chats(),
            (waiting, chats) ->
                waiting.isEmpty()
                    && chats.stream().allMatch(chat -> hasSeen(chat.id(), chat.head())));
  }

  private boolean hasSeen(ChatId chat, Cursor head) {
    return places.getOrDefault(chat, Cursor.START).sequence() >= head.sequence();
  }

  /** Asks what has become of all, for the history. */
  CompletableFuture<Void> askAtEnd() {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (MessageId message : planned) {
      CompletableFuture<Scheduled> answer = client.cancel(message);
      history.cancelledAtEnd(message, answer);
      answers.add(answer.handle((state, failure) -> null));
    }
    var chats = client.chats();
    history.askedChatsAtEnd(chats);
    answers.add(chats);
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Has a client come back so soon that no time is lost, and not so soon that it does only that.
   */
  private record Haste(RandomGenerator random) implements RandomGenerator {
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @Override
    public long nextLong() {
      return random.nextLong();
    }

    @Override
    public long nextLong(long bound) {
      return random.nextLong(Math.min(bound, MOST_NANOS));
    }
  }
}

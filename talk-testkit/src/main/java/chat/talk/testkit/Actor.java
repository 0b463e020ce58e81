package chat.talk.testkit;

import chat.talk.ChatClient;
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
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jetbrains.annotations.Nullable;

/** One device of a user in a simulation: a client, the node it runs on, and what it has seen. */
final class Actor implements ChatMessageListener {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int REMEMBERED = 32;

  final UserName user;
  final String end;
  final boolean readsByItself;
  final DeviceHistory history;
  private final Simulation simulation;
  private final RandomGenerator random;
  private final Hub hub;
  private final Token token;
  private final boolean isFirst;

  /** In which chats it has seen something, and up to where. */
  private final Map<ChatId, Cursor> places = new LinkedHashMap<>();

  private final List<ChatId> chats = new ArrayList<>();
  private final List<ChatMessage> heard = new ArrayList<>();
  private final List<MessageId> said = new ArrayList<>();
  private Simulation.@Nullable Node node;
  private @Nullable HubClient client;
  private final ActorSchedule schedule;
  private int number;
  int heardCount;

  Actor(
      Simulation simulation,
      Hub hub,
      UserName user,
      String end,
      DeviceHistory history,
      boolean readsByItself) {
    this.simulation = simulation;
    this.random = simulation.newRandom();
    this.schedule = new ActorSchedule(simulation, random, this);
    this.hub = hub;
    this.user = user;
    this.end = end;
    this.history = history;
    this.readsByItself = readsByItself;
    this.isFirst = !history.later;
    this.token = Token.of((end + "-abcdefghijklmnopqrstuvwxyz").replace('/', '.'));
  }

  Token token() {
    return token;
  }

  /** Starts a client for the device, in place of one that was killed. */
  void start() {
    boolean known = !isFirst || (client != null && isConnectedOnce() && random.nextBoolean());
    if (client != null) {
      history.restarted();
    }
    node = simulation.newNode();
    Login login = known ? new Login.Known(token) : new Login.NewUser(user, token);
    HubClientBuilder setup =
        HubClient.join(hub, login)
            .listener(this)
            .executor(node)
            .scheduler(node)
            .random(node.random())
            .timeout(TIMEOUT);
    client = (readsByItself ? setup.readsByItself() : setup).open();
  }

  void startAgain() {
    if (!isRunning()) {
      start();
    }
  }

  private boolean isConnectedOnce() {
    return client().connected().isDone() && !client().connected().isCompletedExceptionally();
  }

  /** Whether there is a client that runs. */
  boolean isRunning() {
    return node != null && node.isAlive();
  }

  /** Whether the client has ended by itself, which it never should. */
  boolean gaveUp() {
    return isRunning() && client().state() == ChatClient.State.CLOSED;
  }

  boolean isConnected() {
    return isRunning() && client().state() == ChatClient.State.CONNECTED;
  }

  void kill() {
    if (node != null) {
      node.kill();
    }
  }

  void pause(Duration span) {
    if (node != null) {
      node.pause(span);
    }
  }

  void lag(Duration most) {
    if (node != null) {
      node.lag(most);
    }
  }

  HubClient client() {
    if (client == null) {
      throw new IllegalStateException(end + " was not started");
    }
    return client;
  }

  // What it hears.

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {}

  @Override
  public void onEntry(ChatClient me, Entry entry) {
    if (me != client && client != null) {
      throw new IllegalStateException(end + " heard something by a client that is gone");
    }
    simulation.note(entry.cursor().sequence());
    history.onEntry(me, entry);
    heardCount++;
    ChatId chat = entry.event().chat();
    if (places.put(chat, entry.cursor()) == null) {
      chats.add(chat);
    }
    if (entry.event() instanceof ChatMessage message) {
      remember(message);
    }
  }

  private void remember(ChatMessage message) {
    if (heard.size() < REMEMBERED) {
      heard.add(message);
    } else {
      heard.set(random.nextInt(REMEMBERED), message);
    }
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    history.onNotice(me, notice);
    if (notice instanceof Notice.Invited invited && random.nextBoolean()) {
      client().accept(invited.chat());
    } else if (notice instanceof Notice.Requested asked && random.nextInt(4) > 0) {
      answer(asked.chat(), asked.by());
    }
  }

  // What it does.

  void say(Recipient to) {
    send(Draft.of(to, text()));
  }

  private void send(Draft random) {
    Draft draft = own(random);
    history.sent(draft, client().send(draft));
  }

  /** The same with an id of its own, which it may edit and erase later. */
  Draft own(Draft random) {
    MessageId id = MessageId.of(end + "-" + ++number);
    said.add(id);
    return new Draft(id, random.to(), random.text(), random.about());
  }

  String text() {
    return end + " says " + number;
  }

  /** Says something in a chat that it knows about, possibly one it has left. */
  void sayAnywhere() {
    if (!chats.isEmpty()) {
      say(one(chats));
    }
  }

  void sayLater(Recipient to) {
    schedule.say(to);
  }

  void sayAnywhereLater() {
    if (!chats.isEmpty()) {
      schedule.say(one(chats));
    }
  }

  void comment() {
    if (!heard.isEmpty()) {
      ChatMessage message = one(heard);
      send(Draft.of(message.chat(), text()).about(message.key()));
    }
  }

  void edit() {
    if (!said.isEmpty()) {
      MessageId message = one(said);
      String text = end + " corrects " + ++number;
      history.edited(message, text, client().edit(message, text));
    }
  }

  void erase() {
    if (!said.isEmpty()) {
      MessageId message = one(said);
      history.erased(message, client().erase(message));
    }
  }

  void markRead() {
    if (!chats.isEmpty()) {
      ChatId chat = one(chats);
      Cursor upTo = places.get(chat);
      history.marked(chat, upTo, client().markRead(chat, upTo));
    }
  }

  void askChats() {
    history.askedChats(client().chats());
  }

  void askChatsAtEnd() {
    history.askedChatsAtEnd(client().chats());
  }

  void cancelAllAtEnd() {
    schedule.cancelAllAtEnd();
  }

  void acceptAll() {
    client().invitations().thenAccept(all -> all.forEach(each -> client().accept(each.chat())));
  }

  /** Decides about all who wait to be let into a chat of this user's. */
  void answerAll(ChatId chat) {
    client().requests(chat).thenAccept(all -> all.forEach(each -> answer(chat, each.user())));
  }

  private void answer(ChatId chat, UserName guest) {
    if (random.nextInt(8) == 0) {
      client().reject(chat, guest);
    } else {
      client().approve(chat, guest);
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}

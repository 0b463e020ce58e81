package chat.talk.testkit;

import chat.talk.ChatClient;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Entry;
import chat.talk.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jetbrains.annotations.Nullable;

/**
 * A listener that writes down what it hears, and lets a test wait for it. Methods may be called by
 * any thread. Give each client its own: two clients call at the same time, which {@link
 * #assertWellBehaved()} takes for a fault of one.
 *
 * <p>Messages and notices are <em>taken</em> one after the other: {@link #nextMessage()}, {@link
 * #awaitMessages}, {@link #awaitTexts}, {@link #awaitNotice} and {@link #awaitState} each go on
 * where the call before stopped, and {@link #assertNothingLeft()} fails while there is something
 * that no call has taken. A wait that takes too long fails with an {@link AssertionError} that
 * shows what has come so far.
 */
public final class Recorder implements ChatMessageListener {
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);
  private static final int SHOWN = 20;
  private static final int SHOWN_LENGTH = 40;

  private final Duration limit;

  /** Guarded by this, as all that follows. */
  private final List<Entry> entries = new ArrayList<>();

  private final List<ChatMessage> messages = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<ChatId, Entry> last = new HashMap<>();
  private int takenMessages;
  private int takenNotices;
  private @Nullable Thread caller;
  private @Nullable ChatClient closed;

  /** A recorder that waits 10 seconds at most. */
  public Recorder() {
    this(DEFAULT_LIMIT);
  }

  /**
   * A recorder that waits as long as you say.
   *
   * @param limit the longest that one call waits
   */
  public Recorder(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void onEntry(ChatClient me, Entry entry) {
    call(
        me,
        () -> {
          add(entry);
          ChatMessageListener.super.onEntry(me, entry);
        });
  }

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {
    call(me, () -> add(message));
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    call(me, () -> add(me, notice));
  }

  private void call(ChatClient me, Runnable body) {
    boolean outermost = enter(me);
    try {
      body.run();
    } finally {
      if (outermost) {
        leave();
      }
    }
  }

  private synchronized boolean enter(ChatClient me) {
    Thread current = Thread.currentThread();
    if (caller == current) {
      return false;
    }
    if (caller != null) {
      violations.add("a call on " + current + " during one on " + caller);
    }
    if (closed == me) {
      violations.add("a call after the notice that " + me.name() + " is closed");
    }
    caller = current;
    return true;
  }

  private synchronized void leave() {
    caller = null;
  }

  private synchronized void add(Entry entry) {
    ChatId chat = entry.event().chat();
    @Nullable Entry before = last.put(chat, entry);
    if (before != null && !follows(before, entry)) {
      violations.add("in " + chat + " came " + entry.cursor() + " after " + before.cursor());
    }
    entries.add(entry);
    notifyAll();
  }

  private static boolean follows(Entry before, Entry entry) {
    return entry.cursor().epoch() != before.cursor().epoch()
        || entry.cursor().sequence() > before.cursor().sequence();
  }

  private synchronized void add(ChatMessage message) {
    messages.add(message);
    notifyAll();
  }

  private synchronized void add(ChatClient me, Notice notice) {
    if (isChangeTo(ChatClient.State.CLOSED, notice)) {
      closed = me;
    }
    notices.add(notice);
    notifyAll();
  }

  /**
   * All entries that have come, the user's own among them.
   *
   * @return a copy, taken or not
   */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * All messages of others that have come.
   *
   * @return a copy, taken or not
   */
  public synchronized List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  /**
   * What the messages of others said.
   *
   * @return a copy, taken or not
   */
  public synchronized List<String> texts() {
    return messages.stream().map(ChatMessage::text).toList();
  }

  /**
   * All notices that have come.
   *
   * @return a copy, taken or not
   */
  public synchronized List<Notice> notices() {
    return List.copyOf(notices);
  }

  /**
   * Waits for the next message and takes it.
   *
   * @return the message
   */
  public ChatMessage nextMessage() {
    return awaitMessages(1).get(0);
  }

  /**
   * Waits for the next messages and takes them.
   *
   * @param count how many
   * @return these messages
   */
  public synchronized List<ChatMessage> awaitMessages(int count) {
    await(count + " more messages", () -> messages.size() >= takenMessages + count);
    takenMessages += count;
    return List.copyOf(messages.subList(takenMessages - count, takenMessages));
  }

  /**
   * Waits for as many messages as there are texts and takes them; fails when they say anything
   * else.
   *
   * @param texts what the next messages have to say, in this order
   */
  public void awaitTexts(String... texts) {
    List<String> came = awaitMessages(texts.length).stream().map(ChatMessage::text).toList();
    if (!came.equals(List.of(texts))) {
      throw new AssertionError(
          "expected " + shortened(Arrays.asList(texts)) + " but came " + shortened(came));
    }
  }

  /**
   * Waits for a notice, and takes it with all before it.
   *
   * @param notice what it has to equal
   */
  public void awaitNotice(Notice notice) {
    awaitNotice(notice.toString(), notice::equals);
  }

  /**
   * Waits for a notice of a kind, and takes it with all before it.
   *
   * @param kind the kind
   * @param <N> the kind
   * @return the notice
   */
  public <N extends Notice> N awaitNotice(Class<N> kind) {
    return kind.cast(awaitNotice(kind.getSimpleName(), kind::isInstance));
  }

  /**
   * Waits for a change of the client's state, and takes it with all notices before it.
   *
   * @param state the new one
   * @return the notice, which says why
   */
  public Notice.StateChanged awaitState(ChatClient.State state) {
    return (Notice.StateChanged) awaitNotice(state.toString(), notice -> isChangeTo(state, notice));
  }

  private static boolean isChangeTo(ChatClient.State state, Notice notice) {
    return notice instanceof Notice.StateChanged change && change.state() == state;
  }

  private synchronized Notice awaitNotice(String what, Predicate<Notice> wanted) {
    await("the notice " + what, () -> find(wanted) >= 0);
    int found = find(wanted);
    takenNotices = found + 1;
    return notices.get(found);
  }

  private int find(Predicate<Notice> wanted) {
    for (int i = takenNotices; i < notices.size(); i++) {
      if (wanted.test(notices.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Fails when a message, or a notice of lost entries, was not taken. It does not wait for what is
   * still on its way: call it when the client is closed.
   */
  public synchronized void assertNothingLeft() {
    boolean isLossLeft =
        notices.stream().skip(takenNotices).anyMatch(Notice.Lost.class::isInstance);
    if (isLossLeft || takenMessages < messages.size()) {
      throw new AssertionError("not taken, from message " + takenMessages + " on:" + picture());
    }
  }

  /**
   * Fails when calls have overlapped, when entries of a chat came twice or not in the order of
   * their cursors, or when there was a call after the notice that the client is closed.
   */
  public synchronized void assertWellBehaved() {
    if (!violations.isEmpty()) {
      throw new AssertionError(String.join("\n", violations));
    }
  }

  private synchronized void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("waited " + limit + " for " + what + ":" + picture());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw Await.interrupted(e);
      }
    }
  }

  private String picture() {
    List<String> said = messages.stream().map(m -> m.author() + ": " + m.text()).toList();
    return "\n%d messages came: %s\n%d notices came: %s"
        .formatted(said.size(), shortened(said), notices.size(), notices);
  }

  private static String shortened(List<String> texts) {
    int skipped = Math.max(0, texts.size() - SHOWN);
    return texts.stream()
        .skip(skipped)
        .map(Recorder::shortened)
        .collect(Collectors.joining(", ", skipped == 0 ? "[" : "[…, ", "]"));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
  }
}

package chat.talk.testkit;

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
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Scheduled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/**
 * What one device of a user did and saw, for a {@link HistoryChecker}. It is the listener to give
 * to the device's client. Not for several threads at a time.
 */
public final class DeviceHistory implements ChatMessageListener {
  /** Stands in what was seen where another client of the device went on. */
  static final Object RESTART = new Object();

  final UserName user;
  final String device;
  final boolean later;

  /** Entries, notices that something was lost, and restarts. */
  final List<Object> seen = new ArrayList<>();

  final List<Sent> sent = new ArrayList<>();
  final List<Changed> changed = new ArrayList<>();
  final List<Asked> asked = new ArrayList<>();
  final Map<MessageId, Postponed> postponed = new LinkedHashMap<>();
  private final HistoryChecker checker;

  DeviceHistory(HistoryChecker checker, UserName user, String device, boolean later) {
    this.checker = checker;
    this.user = user;
    this.device = device;
    this.later = later;
  }

  @Override
  public void onMessage(ChatClient me, ChatMessage message) {}

  @Override
  public void onEntry(ChatClient me, Entry entry) {
    saw(entry);
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    if (notice instanceof Notice.Lost lost) {
      lost(lost.chat());
    }
  }

  /**
   * The device was given an entry; its client tells by itself.
   *
   * @param entry which
   */
  public void saw(Entry entry) {
    seen.add(entry);
  }

  /**
   * The device was told of a loss; its client tells by itself.
   *
   * @param chat where
   */
  public void lost(ChatId chat) {
    seen.add(chat);
  }

  /** Another client takes the device over: what it is given may begin a little before. */
  public void restarted() {
    seen.add(RESTART);
  }

  /**
   * A message was sent, and no other with its id by this device before.
   *
   * @param draft the message
   * @param answer what came of it, now or later
   */
  public void sent(Draft draft, CompletableFuture<Entry> answer) {
    Sent added = new Sent(draft, seen.size());
    sent.add(added);
    boolean wasAway = checker.storageIsAway();
    int outages = checker.outages();
    answer.whenComplete(added::answer);
    answer.whenComplete(
        (entry, failure) -> added.metOutage = wasAway || checker.outages() != outages);
  }

  /**
   * A message of the user was given another text.
   *
   * @param message which
   * @param text the new one
   * @param answer what came of it, now or later
   */
  public void edited(MessageId message, String text, CompletableFuture<Entry> answer) {
    change(new Changed(message, text), answer);
  }

  /**
   * A message of the user was erased.
   *
   * @param message which
   * @param answer what came of it, now or later
   */
  public void erased(MessageId message, CompletableFuture<Entry> answer) {
    change(new Changed(message, null), answer);
  }

  private void change(Changed added, CompletableFuture<Entry> answer) {
    changed.add(added);
    answer.whenComplete((entry, failure) -> added.isDone = failure == null);
  }

  /**
   * A message was scheduled, and no other with its id by this device before.
   *
   * @param draft the message
   * @param at its time
   * @param answer what came of it, now or later
   */
  public void scheduled(Draft draft, Instant at, CompletableFuture<Scheduled> answer) {
    Postponed added = new Postponed(draft);
    added.plan(draft.text(), at);
    postponed.put(draft.id(), added);
    answer.whenComplete(added::accept);
  }

  /**
   * A message that this device scheduled was changed.
   *
   * @param message which
   * @param text its new text
   * @param at its new time
   * @param answer what came of it, now or later
   */
  public void rescheduled(
      MessageId message, String text, Instant at, CompletableFuture<Scheduled> answer) {
    Postponed changed = postponed.get(message);
    changed.plan(text, at);
    answer.whenComplete((now, failure) -> changed.answer(now));
  }

  /**
   * A message that this device scheduled was called off.
   *
   * @param message which
   * @param answer what came of it, now or later
   */
  public void cancelled(MessageId message, CompletableFuture<Scheduled> answer) {
    Postponed cancelled = postponed.get(message);
    cancelled.isCalledOff = true;
    answer.whenComplete((now, failure) -> cancelled.answer(now));
  }

  /**
   * A message that this device scheduled was called off long after it was due, to hear what had
   * become of it.
   *
   * @param message which
   * @param answer what came of it, now or later
   */
  public void cancelledAtEnd(MessageId message, CompletableFuture<Scheduled> answer) {
    Postponed cancelled = postponed.get(message);
    cancelled.isAskedAtEnd = true;
    answer.whenComplete(cancelled::end);
  }

  /**
   * The user said how far he has read.
   *
   * @param chat where
   * @param upTo how far
   * @param answer what came of it, now or later
   */
  public void marked(ChatId chat, Cursor upTo, CompletableFuture<Void> answer) {
    answer.whenComplete(
        (nothing, failure) -> {
          if (failure == null) {
            checker.hasRead(user, chat, upTo);
          }
        });
  }

  /**
   * The user has asked for his chats.
   *
   * @param answer what came back, now or later
   */
  public void askedChats(CompletableFuture<List<Chat>> answer) {
    ask(answer, false);
  }

  /**
   * The user has asked for his chats when everything was over and had reached everybody.
   *
   * @param answer what came back, now or later
   */
  public void askedChatsAtEnd(CompletableFuture<List<Chat>> answer) {
    ask(answer, true);
  }

  private void ask(CompletableFuture<List<Chat>> answer, boolean atEnd) {
    Asked question = new Asked(checker.readBy(user), atEnd);
    asked.add(question);
    answer.whenComplete(
        (chats, failure) -> {
          if (failure == null) {
            question.chats = chats;
            chats.forEach(chat -> checker.hasRead(user, chat.id(), chat.read()));
          }
        });
  }

  @Override
  public String toString() {
    return user + "/" + device;
  }

  /** A message on its way, and what came of it. */
  static final class Sent {
    final Draft draft;

    /** How much the device had seen by then. */
    final int seenBefore;

    @Nullable Entry entry;
    @Nullable Code failure;

    /** Whether the storage was away while it was under way. */
    boolean metOutage;

    Sent(Draft draft, int seenBefore) {
      this.draft = draft;
      this.seenBefore = seenBefore;
    }

    void answer(@Nullable Entry acknowledged, @Nullable Throwable why) {
      entry = acknowledged;
      failure = why == null ? null : ChatException.of(why).code();
    }
  }

  /** An edit, or without a text an erasure. */
  static final class Changed {
    final MessageId message;
    final @Nullable String text;
    boolean isDone;

    Changed(MessageId message, @Nullable String text) {
      this.message = message;
      this.text = text;
    }
  }

  /** A question for the user's chats. */
  static final class Asked {
    /** How far he had read when he asked. */
    final Map<ChatId, Cursor> floor;

    final boolean atEnd;
    @Nullable List<Chat> chats;

    Asked(Map<ChatId, Cursor> floor, boolean atEnd) {
      this.floor = floor;
      this.atEnd = atEnd;
    }
  }
}

package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.Scheduled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/** Sending, editing and erasing. */
final class Messages {
  private final State state;
  private final Rooms rooms;
  private final Ids ids;
  private final Fetcher fetcher;
  private final Expiry expiry;
  private final Attachments attachments;
  private final Store store;
  private final LimitPolicy generalLimit;
  private final int maxSize;

  Messages(
      State state,
      Rooms rooms,
      Ids ids,
      Fetcher fetcher,
      Store store,
      HubBuilder setup,
      Expiry expiry,
      Attachments attachments) {
    this.state = state;
    this.rooms = rooms;
    this.ids = ids;
    this.fetcher = fetcher;
    this.expiry = expiry;
    this.attachments = attachments;
    this.store = store;
    this.generalLimit = setup.generalLimit;
    this.maxSize = setup.maxMessageSize;
  }

  void join(Desk desk) {
    desk.on(Command.Send.class, new Send());
    desk.on(Command.Edit.class, (edit, me) -> own(me, edit.message()), this::edit);
    desk.on(Command.Erase.class, (erase, me) -> own(me, erase.message()), this::erase);
    desk.on(Command.Find.class, (find, me) -> List.of(find.message()), Messages::find);
  }

  private static List<MessageKey> own(UserName me, MessageId id) {
    return List.of(new MessageKey(me, id));
  }

  private final class Send implements Handler<Command.Send, Entry> {
    @Override
    public List<MessageKey> keys(Command.Send send, UserName asker) {
      return Messages.this.keys(send.draft(), asker);
    }

    @Override
    public Reply<Entry> decide(Command.Send send, Turn turn) {
      requireNotScheduled(turn.name(), send.draft().id());
      Draft draft = attachments.checked(send.draft(), turn.name());
      Entry[] sent = new Entry[1];
      boolean decided =
          send(draft, turn.me(), turn.batch(), appended -> sent[0] = appended.entry());
      return decided ? Reply.of(() -> sent[0]) : Reply.later();
    }

    private void requireNotScheduled(UserName author, MessageId id) {
      Scheduled planned = state.scheduled(author, id);
      if (planned != null && planned.state() != Scheduled.State.SENT) {
        throw new ChatException(Code.CONFLICT, "a scheduled message has this id");
      }
    }

    /** A repeat of what was sent is answered with that, even if it would be refused by now. */
    @Override
    public void refused(
        Command.Send send, UserName asker, ChatException why, CompletableFuture<Entry> answer) {
      MessageKey key = new MessageKey(asker, send.draft().id());
      fetcher
          .read(() -> store.find(List.of(key)))
          .whenComplete((found, failure) -> answer(found, key, why, answer));
    }

    /**
     * Answers.
     *
     * @param found null when the storage doesn't say
     */
    private void answer(
        @Nullable Map<MessageKey, Entry> found,
        MessageKey key,
        ChatException why,
        CompletableFuture<Entry> answer) {
      if (found == null) {
        answer.completeExceptionally(why.isRetryable() ? why : unknown(why));
      } else if (found.containsKey(key)) {
        answer.complete(found.get(key));
      } else {
        answer.completeExceptionally(why);
      }
    }

    private ChatException unknown(ChatException why) {
      return new ChatException(
          Code.TIMED_OUT, "it isn't known whether this was sent before it was refused", why);
    }
  }

  /** What has to be known to send a draft. */
  List<MessageKey> keys(Draft draft, UserName author) {
    boolean mustKnowRepeat =
        isSpentOnce(draft) || (draft.about() == null && isFirst(draft, author));
    List<MessageKey> keys = new ArrayList<>(0);
    if (mustKnowRepeat) {
      keys.add(new MessageKey(author, draft.id()));
    }
    if (draft.about() != null) {
      keys.add(draft.about());
    }
    return keys;
  }

  /** Whether it takes something that a repeat must not take again: a file, or of a limit. */
  private boolean isSpentOnce(Draft draft) {
    boolean isLimited = generalLimit != LimitPolicy.NONE && draft.to().equals(State.GENERAL);
    return isLimited || draft.attachment() != null;
  }

  /** Whether a chat would be made for this message: then a repeat must be known before. */
  private boolean isFirst(Draft draft, UserName author) {
    return !state.rooms.containsKey(chat(draft, author));
  }

  static ChatId chat(Draft draft, UserName author) {
    return draft.to() instanceof UserName user ? ChatId.direct(author, user) : (ChatId) draft.to();
  }

  /**
   * Decides to send.
   *
   * @return false to be asked again when the batch is stored
   */
  boolean send(Draft draft, Account author, Batch batch, Consumer<Appended> then) {
    MessageKey key = new MessageKey(author.name(), draft.id());
    Entry first = batch.found(key);
    if (first != null) {
      batch.then(() -> then.accept(new Appended(first, false)));
      return true;
    }
    if (mustWait(draft, key, batch)) {
      return false;
    }
    requireSize(draft.text());
    requireNotBanned(author, batch.now());
    Room room = target(draft, author, batch);
    room.requireOpen();
    requireComment(draft, room, author, batch);
    charge(room, author, draft.text(), batch);
    ChatMessage message =
        new ChatMessage(
            room.id(),
            draft.id(),
            author.name(),
            draft.text(),
            batch.now(),
            draft.about(),
            ChatMessage.Revision.ORIGINAL,
            draft.attachment());
    attachments.keep(draft, room.id(), author.name(), batch);
    rooms.append(batch, room, message, appended -> sent(appended, then));
    return true;
  }

  /** What is commented on, and what must not be spent twice, have to be known. */
  private boolean mustWait(Draft draft, MessageKey key, Batch batch) {
    return (draft.about() != null && batch.appends(draft.about()))
        || (isSpentOnce(draft) && batch.appends(key));
  }

  private void sent(Appended appended, Consumer<Appended> then) {
    if (appended.entry().event() instanceof ChatMessage message) {
      attachments.published(message, appended.entry().cursor());
    }
    then.accept(appended);
  }

  void requireSize(String text) {
    if (text.length() > maxSize) {
      throw new ChatException(
          Code.TOO_LARGE, "a message has up to " + maxSize + " characters here");
    }
  }

  private static void requireNotBanned(Account account, Instant now) {
    if (account.isBannedAt(now)) {
      Instant until = account.fact().bannedUntil();
      throw new ChatException(Code.BANNED, account.name() + " is banned until " + until, until);
    }
  }

  /** Where a draft goes; the author is in it. */
  private Room target(Draft draft, Account author, Batch batch) {
    if (draft.to() instanceof UserName user) {
      return rooms.direct(batch, author, state.account(user));
    }
    return state.membership((ChatId) draft.to(), author).room;
  }

  /** Whether a draft may be sent, as far as that can be said beforehand. */
  void requireTarget(Draft draft, Account author) {
    if (draft.to() instanceof UserName user) {
      state.account(user);
    } else {
      state.membership((ChatId) draft.to(), author).room.requireOpen();
    }
  }

  private void requireComment(Draft draft, Room room, Account author, Batch batch) {
    if (draft.about() == null) {
      return;
    }
    Entry about = batch.found(draft.about());
    boolean known =
        about != null
            && about.event() instanceof ChatMessage
            && about.event().chat().equals(room.id())
            && state.membership(room.id(), author).covers(about.cursor());
    if (!known) {
      throw new ChatException(Code.NOT_FOUND, "there is no such message to comment on");
    }
    requireText((ChatMessage) about.event());
  }

  private static void requireText(ChatMessage message) {
    if (message.revision().isBlank()) {
      throw new ChatException(Code.GONE, "the message is " + message.revision());
    }
  }

  private void charge(Room room, Account author, String text, Batch batch) {
    if (!room.id().equals(State.GENERAL)) {
      return;
    }
    LimitPolicy.Used before = author.used();
    LimitPolicy.Action action = new LimitPolicy.Action(author.name(), room.id(), text);
    LimitPolicy.Verdict verdict = generalLimit.check(action, before, batch.now());
    Instant retryAt = verdict.retryAt();
    if (retryAt != null) {
      throw new ChatException(Code.LIMITED, "the limit is reached until " + retryAt, retryAt);
    }
    LimitPolicy.Used used = verdict.used();
    if (used != null) {
      author.setUsed(used);
      batch.undo(() -> author.setUsed(before));
      batch.put(new Fact.Window(author.name(), used.start(), used.count()));
    }
  }

  private Reply<Entry> edit(Command.Edit edit, Turn turn) {
    MessageKey key = new MessageKey(turn.name(), edit.message());
    if (turn.batch().appends(key)) {
      return Reply.later();
    }
    Entry entry = turn.found(key);
    ChatMessage message = message(entry);
    requireText(message);
    requireNotExpiring(entry);
    requireSize(edit.text());
    Room room = state.membership(message.chat(), turn.me()).room;
    room.requireOpen();
    requireNotBanned(turn.me(), turn.now());
    if (message.text().equals(edit.text()) && !message.hasBody()) {
      return Reply.of(() -> entry);
    }
    charge(room, turn.me(), edit.text(), turn.batch());
    Event edited =
        new Event.Edited(
            room.id(),
            ids.message(turn.now()),
            turn.name(),
            turn.now(),
            message.id(),
            entry.cursor(),
            edit.text());
    Entry changed = new Entry(entry.cursor(), message.edited(edit.text()));
    turn.batch().change(new Change.Rewrite(message.key(), edit.text()));
    if (message.hasBody()) {
      attachments.drop(message, turn.batch());
    }
    turn.batch().supersede(changed);
    rooms.append(turn.batch(), room, edited);
    turn.batch().then(() -> room.tail().replace(changed));
    return Reply.of(() -> changed);
  }

  /** What the group takes away is not to be found again behind that. */
  private void requireNotExpiring(Entry entry) {
    if (expiry.isGone(state.rooms.get(entry.event().chat()), entry.cursor())) {
      throw new ChatException(Code.GONE, "the message is " + ChatMessage.Revision.EXPIRED);
    }
  }

  /** One may take back what one has said also where one isn't any more. */
  private Reply<Entry> erase(Command.Erase erase, Turn turn) {
    MessageKey key = new MessageKey(turn.name(), erase.message());
    if (turn.batch().appends(key)) {
      return Reply.later();
    }
    Entry entry = turn.batch().found(key);
    if (entry == null) {
      throw new ChatException(Code.NOT_FOUND, "there is no such message");
    }
    ChatMessage message = message(entry);
    if (message.revision().isBlank()) {
      return Reply.of(() -> entry);
    }
    Room room = state.rooms.get(message.chat());
    Entry blank = new Entry(entry.cursor(), message.blanked(ChatMessage.Revision.ERASED));
    turn.batch().change(new Change.Erase(key));
    attachments.drop(message, turn.batch());
    turn.batch().supersede(blank);
    rooms.append(
        turn.batch(),
        room,
        new Event.Erased(room.id(), ids.message(turn.now()), turn.name(), turn.now(), key.id()));
    turn.batch().then(() -> erased(room, blank));
    return Reply.of(() -> blank);
  }

  private static void erased(Room room, Entry blank) {
    MessageKey key = blank.event().key();
    room.tail()
        .replaceAll(
            entry -> {
              if (entry.cursor().equals(blank.cursor())) {
                return blank;
              }
              return entry.event() instanceof Event.Edited edited && isOf(edited, key)
                  ? new Entry(entry.cursor(), edited.withoutText())
                  : entry;
            });
    room.countBlanking();
  }

  private static boolean isOf(Event.Edited edited, MessageKey key) {
    return edited.message().equals(key.id()) && edited.author().equals(key.author());
  }

  private static Reply<Entry> find(Command.Find find, Turn turn) {
    if (turn.batch().appends(find.message())) {
      return Reply.later();
    }
    Entry entry = turn.found(find.message());
    return Reply.of(() -> entry);
  }

  private static ChatMessage message(Entry entry) {
    if (entry.event() instanceof ChatMessage message) {
      return message;
    }
    throw new ChatException(Code.NOT_FOUND, "there is no such message");
  }
}

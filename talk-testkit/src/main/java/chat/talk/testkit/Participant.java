package chat.talk.testkit;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbrains.annotations.Nullable;

/** A user at a hub: his client, what it was told, and short words for what tests do often. */
record Participant(HubClient client, Recorder heard) {
  private static final int PAGE = 7;

  UserName name() {
    return client.name();
  }

  <R> R ask(Command<R> command) {
    return Await.result(client.call(command));
  }

  @Nullable
  Code refusal(Command<?> command) {
    return Await.code(client.call(command));
  }

  ChatId general() {
    return ask(new Command.Status()).general();
  }

  Entry say(Recipient to, String text) {
    return Await.result(client.send(to, text));
  }

  void sayAll(Recipient to, String... texts) {
    for (String text : texts) {
      say(to, text);
    }
  }

  static MessageKey key(Entry entry) {
    return entry.event().key();
  }

  static ChatMessage message(Entry entry) {
    return (ChatMessage) entry.event();
  }

  ChatMessage find(Entry entry) {
    return message(ask(new Command.Find(key(entry))));
  }

  Optional<Chat> findChat(ChatId id) {
    return ask(new Command.Chats()).stream().filter(chat -> chat.id().equals(id)).findFirst();
  }

  Chat chat(ChatId id) {
    return findChat(id).orElseThrow(() -> new AssertionError(name() + " is not in " + id));
  }

  long unread(ChatId id) {
    return chat(id).unread();
  }

  /** Waits until the hub knows that this user has read so far. */
  void awaitRead(Entry entry) {
    ChatId chat = entry.event().chat();
    long place = entry.cursor().sequence();
    Await.until(name() + " has read", () -> chat(chat).read().sequence() >= place);
  }

  ChatId create(String title) {
    return Await.result(client.create(title)).id();
  }

  /** Lets somebody into this user's private chat. */
  void admit(ChatId chat, Participant guest) {
    Await.result(client.invite(chat, guest.name()));
    Await.result(guest.client.accept(chat));
  }

  /** All that this user can read in a chat, oldest first. */
  List<Entry> log(ChatId chat) {
    List<Entry> all = new ArrayList<>();
    Cursor place = Cursor.START;
    boolean atEnd = false;
    while (!atEnd) {
      Page page = ask(new Command.ReadAfter(chat, place, PAGE));
      all.addAll(page.entries());
      place = page.next();
      atEnd = page.atEnd();
    }
    return all;
  }

  List<ChatMessage> messages(ChatId chat) {
    return log(chat).stream()
        .map(Entry::event)
        .filter(ChatMessage.class::isInstance)
        .map(ChatMessage.class::cast)
        .toList();
  }

  List<String> history(ChatId chat) {
    return messages(chat).stream().map(ChatMessage::text).toList();
  }

  <E extends Event> List<E> events(ChatId chat, Class<E> kind) {
    return log(chat).stream().map(Entry::event).filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Waits until an event of a kind has come, and gives the first. */
  <E extends Event> E hears(Class<E> kind) {
    Await.until(name() + " hears " + kind.getSimpleName(), () -> first(kind).isPresent());
    return first(kind).orElseThrow();
  }

  private <E extends Event> Optional<E> first(Class<E> kind) {
    return heard.entries().stream()
        .map(Entry::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }

  /** Waits until this notice has come, before or after others. */
  void isTold(Notice notice) {
    Await.until(name() + " is told " + notice, () -> heard.notices().contains(notice));
  }
}

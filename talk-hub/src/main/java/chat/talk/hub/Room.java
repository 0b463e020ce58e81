package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** A chat: its tail, who is in it, and who reads it just now. Only the loop's, but for the tail. */
final class Room {
  /** So many readers seldom stand at one place. */
  private static final int MANY = 8;

  private final Tail tail;
  private final Map<UserName, Membership> members = new LinkedHashMap<>(4);
  private final List<Reader> readers = new ArrayList<>(0);
  private Fact.Room fact;
  private long messages;
  private int blankings;
  private long lastMessage;

  Room(Fact.Room fact, Cursor head) {
    this.fact = fact;
    this.tail = new Tail(fact.id(), head);
    this.lastMessage = head.sequence();
  }

  ChatId id() {
    return fact.id();
  }

  Fact.Room fact() {
    return fact;
  }

  void setFact(Fact.Room next) {
    fact = next;
  }

  boolean isPrivate() {
    return fact.kind() == Chat.Kind.PRIVATE;
  }

  Tail tail() {
    return tail;
  }

  Cursor head() {
    return tail.head();
  }

  /** All who are or were in it. */
  Collection<Membership> memberships() {
    return members.values();
  }

  void add(Membership membership) {
    members.put(membership.account.name(), membership);
  }

  void forget(Membership membership) {
    members.remove(membership.account.name());
  }

  /** Who is or was in it, null for a stranger. */
  @Nullable
  Membership membership(UserName user) {
    return members.get(user);
  }

  boolean hasMember(UserName user) {
    Membership membership = members.get(user);
    return membership != null && membership.isOpen();
  }

  void requireOpen() {
    if (fact.closed()) {
      throw new ChatException(Code.GONE, "the chat " + id() + " is closed");
    }
  }

  /** How many messages were published here since the hub was opened. */
  long messages() {
    return messages;
  }

  /** How often messages have been blanked, so that counts of unread ones are not what they were. */
  int blankings() {
    return blankings;
  }

  void countBlanking() {
    blankings++;
  }

  /** The place of the last message. */
  long lastMessage() {
    return lastMessage;
  }

  void publish(Entry entry) {
    tail.append(entry);
    if (entry.event() instanceof ChatMessage message) {
      messages++;
      lastMessage = entry.cursor().sequence();
      Membership author = members.get(message.author());
      if (author != null) {
        author.countOwn();
      }
    }
  }

  List<Reader> readers() {
    return readers;
  }

  void attach(Reader reader) {
    if (reader.index >= 0) {
      return;
    }
    reader.index = readers.size();
    readers.add(reader);
    if (readers.size() == MANY) {
      tail.expectMany();
    }
  }

  void detach(Reader reader) {
    int index = reader.index;
    if (index < 0) {
      return;
    }
    Reader last = readers.remove(readers.size() - 1);
    if (last != reader) {
      readers.set(index, last);
      last.index = index;
    }
    reader.index = -1;
  }

  /** The head has moved. */
  void wake() {
    for (Reader reader : readers) {
      reader.wake();
    }
  }
}

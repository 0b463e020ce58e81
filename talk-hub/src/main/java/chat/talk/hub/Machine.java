package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Device;
import chat.talk.room.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** One of a user's devices. Only the loop's. */
final class Machine {
  final Account account;

  /** How far each chat has been delivered to it. */
  final Map<ChatId, Cursor> delivered = new HashMap<>(4);

  private Fact.Machine fact;
  private @Nullable LocalSession session;
  private @Nullable LocalSession passing;

  Machine(Account account, Fact.Machine fact) {
    this.account = account;
    this.fact = fact;
  }

  Fact.Machine fact() {
    return fact;
  }

  void setFact(Fact.Machine next) {
    fact = next;
  }

  String id() {
    return fact.id();
  }

  @Nullable
  LocalSession session() {
    return session;
  }

  /** What its files come and go over when it has no session; the same one each time. */
  LocalSession passing(Function<Machine, LocalSession> maker) {
    LocalSession known = passing == null ? maker.apply(this) : passing;
    passing = known;
    return known;
  }

  void setSession(@Nullable LocalSession next) {
    session = next;
  }

  /** Ends its session, and its files that come and go without one. */
  void end(ChatException why) {
    Stream.of(session, passing).filter(Objects::nonNull).forEach(each -> each.end(why));
  }

  /** Refuses it once it is revoked, also when that is only decided and not stored. */
  void requireKnown() {
    if (account.machines.get(id()) != this) {
      throw new ChatException(Code.UNAUTHENTICATED, "the device was revoked");
    }
  }

  Device view() {
    return new Device(id(), fact.since(), session != null && session.isOpen(), fact.letInBy());
  }
}

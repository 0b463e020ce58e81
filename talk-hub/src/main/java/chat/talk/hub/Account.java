package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Fact;
import chat.talk.room.Invitation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** What a hub knows of a user. Only the loop's. */
final class Account {
  /** All rooms that he is or was in. */
  final Map<ChatId, Membership> memberships = new LinkedHashMap<>();

  final Map<String, Machine> machines = new LinkedHashMap<>(2);
  final Map<ChatId, Invitation> invitations = new LinkedHashMap<>(0);

  final Reports reports = new Reports();

  /** Ids of devices that were revoked since the hub was opened. */
  final Set<String> revoked = new HashSet<>(0);

  private Fact.User fact;
  private LimitPolicy.@Nullable Used used;

  /** Of several passwords that are set, which one this is. */
  private long passwordNumber;

  Account(Fact.User fact) {
    this.fact = fact;
  }

  UserName name() {
    return fact.name();
  }

  Fact.User fact() {
    return fact;
  }

  void setFact(Fact.User next) {
    fact = next;
  }

  LimitPolicy.@Nullable Used used() {
    return used;
  }

  void setUsed(LimitPolicy.@Nullable Used next) {
    used = next;
  }

  long passwordNumber() {
    return passwordNumber;
  }

  void setPasswordNumber(long next) {
    passwordNumber = next;
  }

  boolean isBannedAt(Instant now) {
    Instant until = fact.bannedUntil();
    return until != null && now.isBefore(until);
  }

  Collection<Machine> machines() {
    return machines.values();
  }

  Stream<LocalSession> sessions() {
    return machines.values().stream()
        .map(Machine::session)
        .filter(session -> session != null && session.isOpen());
  }

  boolean isOnline() {
    for (Machine machine : machines.values()) {
      LocalSession session = machine.session();
      if (session != null && session.isOpen()) {
        return true;
      }
    }
    return false;
  }

  void tell(Notice notice) {
    sessions().forEach(session -> session.tell(notice));
  }
}

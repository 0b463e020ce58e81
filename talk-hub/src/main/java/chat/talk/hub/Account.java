package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Fact;
import chat.talk.room.Invitation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** What a hub knows of a user. Only the loop's. */
final class Account {
  /** All rooms that he is or was in. */
  final Map<ChatId, Membership> memberships = new LinkedHashMap<>(2);

  final Map<String, Machine> machines = new LinkedHashMap<>(2);
  final Reports reports = new Reports();

  /** Most users have none: what nobody is in takes no room, as there are many users. */
  private Map<ChatId, Invitation> invitations = Map.of();

  /** Ids of devices that were revoked since the hub was opened. */
  private Set<String> revoked = Set.of();

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

  /** Only to be read. */
  Map<ChatId, Invitation> invitations() {
    return invitations;
  }

  void add(Invitation invitation) {
    if (invitations.isEmpty()) {
      invitations = new LinkedHashMap<>(2);
    }
    invitations.put(invitation.chat(), invitation);
  }

  void forget(Invitation invitation) {
    if (!invitations.isEmpty()) {
      invitations.remove(invitation.chat());
    }
  }

  boolean hasRevoked(String device) {
    return revoked.contains(device);
  }

  void revoke(String device) {
    if (revoked.isEmpty()) {
      revoked = new HashSet<>(2);
    }
    revoked.add(device);
  }

  void takeBackRevoking(String device) {
    revoked.remove(device);
  }

  boolean isBannedAt(Instant now) {
    Instant until = fact.bannedUntil();
    return until != null && now.isBefore(until);
  }

  Collection<Machine> machines() {
    return machines.values();
  }

  /** A device, those that it let in, those that they let in, and so on. */
  List<Machine> withAllLetInBy(Machine first) {
    Map<String, List<Machine>> letIn =
        machines().stream()
            .filter(machine -> machine.fact().letInBy() != null)
            .collect(Collectors.groupingBy(machine -> machine.fact().letInBy()));
    List<Machine> all = new ArrayList<>(List.of(first));
    for (int i = 0; i < all.size(); i++) {
      // Each once, whatever a storage may say: a ring of them would have no end.
      List<Machine> next = letIn.remove(all.get(i).id());
      if (next != null) {
        next.stream().filter(machine -> machine != first).forEach(all::add);
      }
    }
    return all;
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

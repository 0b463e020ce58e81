package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Device;
import chat.talk.room.Fact;
import chat.talk.room.Invitation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** By the id of each device that was revoked since the hub was opened: all that went with it. */
  private Map<String, List<Device>> revoked = Map.of();

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

  void revoke(List<Device> together) {
    if (revoked.isEmpty()) {
      revoked = new HashMap<>(2);
    }
    together.forEach(device -> revoked.put(device.id(), together));
  }

  void takeBackRevoking(List<Device> together) {
    together.forEach(device -> revoked.remove(device.id()));
  }

  boolean isBannedAt(Instant now) {
    Instant until = fact.bannedUntil();
    return until != null && now.isBefore(until);
  }

  Collection<Machine> machines() {
    return machines.values();
  }

  /**
   * A device, those that it let in, those that they let in, and so on; none when it isn't there.
   */
  List<Device> withAllLetInBy(String device) {
    return withAllLetInBy(device, machines().stream().map(Machine::view).toList());
  }

  /** The same of a device that was revoked, as they were then. */
  List<Device> revokedWith(String device) {
    return withAllLetInBy(device, revoked.getOrDefault(device, List.of()));
  }

  private static List<Device> withAllLetInBy(String first, List<Device> there) {
    Map<String, List<Device>> letIn =
        there.stream()
            .filter(device -> device.letInBy() != null)
            .collect(Collectors.groupingBy(Device::letInBy));
    List<Device> all = new ArrayList<>();
    there.stream().filter(device -> device.id().equals(first)).forEach(all::add);
    for (int i = 0; i < all.size(); i++) {
      // Each once, whatever a storage may say: a ring of them would have no end.
      List<Device> next = letIn.remove(all.get(i).id());
      if (next != null) {
        next.stream().filter(device -> !device.id().equals(first)).forEach(all::add);
      }
    }
    return List.copyOf(all);
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

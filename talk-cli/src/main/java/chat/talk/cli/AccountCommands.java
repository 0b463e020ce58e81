package chat.talk.cli;

import chat.talk.cli.RoomCommand.Concern;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.HubStatus;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jetbrains.annotations.Nullable;

/** The user's own account and devices. */
final class AccountCommands {
  private final Seat seat;
  private final Numbered<String> devices = new Numbered<>("device", ":devices");

  AccountCommands(Seat seat) {
    this.seat = seat;
  }

  List<RoomCommand> all() {
    return List.of(
        new RoomCommand(":status", "", "show how things stand, for the hub and you", this::status)
            .concerning(Concern.NONE),
        new RoomCommand(":password", "", "set the password for your next devices", this::password)
            .concerning(Concern.ELSEWHERE)
            .asking("new password: "),
        new RoomCommand(":devices", "", "list your devices", this::devices)
            .concerning(Concern.NONE),
        new RoomCommand(
                ":revoke",
                "NUMBER",
                "shut out a device that :devices shows, and what it let in",
                this::revoke)
            .concerning(Concern.ELSEWHERE));
  }

  private void status(Arguments arguments) {
    arguments.end();
    HubStatus status = Seat.finish(seat.me().status());
    StringJoiner lines = new StringJoiner("\n");
    lines.add("the hub's time is " + seat.moment(status.time()) + ", " + storage(status));
    lines.add(chats(status));
    lines.add(seat.paint(seat.rooms().me()) + ": " + standing(status));
    seat.answer(":status", lines.toString(), status);
  }

  private String storage(HubStatus status) {
    if (status.storageFailsSince() != null) {
      return "its storage has failed since " + seat.moment(status.storageFailsSince());
    }
    int max = status.storage().max();
    return max == 0
        ? "its storage needs no connections"
        : status.storage().inUse() + " of " + max + " storage connections are in use";
  }

  private static String chats(HubStatus status) {
    long unread = status.chats().stream().filter(Chat::knowsUnread).mapToLong(Chat::unread).sum();
    boolean all = status.chats().stream().allMatch(Chat::knowsUnread);
    String what = unread + (all ? "" : " or more") + " unread";
    return "it has " + status.chatCount() + " chats, you are in " + mine(status) + ", " + what;
  }

  private static String mine(HubStatus status) {
    return status.chats().size() + " of them";
  }

  private String standing(HubStatus status) {
    String reports = "reported " + status.reports() + (status.reports() == 1 ? " time" : " times");
    return status.bannedUntil() == null
        ? reports
        : reports + ", banned until " + seat.moment(status.bannedUntil());
  }

  private void password(Arguments arguments) {
    arguments.end();
    String password =
        arguments
            .secret()
            .orElseThrow(() -> Arguments.invalid("no password was entered, nothing is changed"));
    Seat.finish(seat.me().setPassword(password));
    seat.done(
        ":password", "'" + Called.NAME + " join' with --password lets further devices in now");
  }

  private void devices(Arguments arguments) {
    arguments.end();
    List<Device> all = Seat.finish(seat.me().devices());
    all.forEach(device -> devices.of(device.id()));
    seat.answer(":devices", lines(all, purposes(own())), all);
  }

  /** What the devices are that this computer knows, by their ids. */
  private Map<String, String> purposes(String own) {
    Map<String, String> purposes = seat.arrival().purposes();
    purposes.put(own, "this one");
    return purposes;
  }

  private String own() {
    return Seat.finish(seat.me().call(new Command.Identify())).device();
  }

  private String lines(List<Device> some, Map<String, String> purposes) {
    return some.stream()
        .map(device -> line(device, purposes.get(device.id())))
        .collect(Collectors.joining("\n"));
  }

  private String line(Device device, @Nullable String purpose) {
    StringJoiner line = new StringJoiner("  ", "  ", "");
    line.add(Integer.toString(devices.of(device.id())));
    line.add("since " + seat.moment(device.since()));
    if (device.online()) {
      line.add("connected");
    }
    if (purpose != null) {
      line.add(purpose);
    }
    if (device.letInBy() != null) {
      line.add("let in by " + devices.of(device.letInBy()));
    }
    return line.toString();
  }

  private void revoke(Arguments arguments) {
    String number = arguments.word("a device's number");
    String device = devices.find(number);
    arguments.end();
    String own = own();
    requireToStay(device, number, own);
    List<Device> gone = Seat.finish(seat.me().revokeDevice(device));
    List<Device> others = gone.stream().filter(one -> !one.id().equals(device)).toList();
    String text = "device " + number + " is shut out";
    seat.answer(
        ":revoke",
        others.isEmpty()
            ? text
            : text + ", and with it what it let in:\n" + lines(others, purposes(own)),
        gone);
  }

  /** Who has no password could not come back. */
  private void requireToStay(String device, String number, String own) {
    if (!own.equals(device) && hasLetIn(device, own, Seat.finish(seat.me().devices()))) {
      throw Arguments.invalid(
          "device %s let this one in, which would be shut out with it: set a password (:password),"
                  .formatted(number)
              + " start 'talk join' with --password here, and revoke it then");
    }
  }

  /** Whether the one let the other in, or one that did, or one that let that one in, and so on. */
  static boolean hasLetIn(String one, String other, List<Device> there) {
    Map<String, String> letInBy =
        there.stream()
            .filter(device -> device.letInBy() != null)
            .collect(Collectors.toMap(Device::id, Device::letInBy, (first, second) -> first));
    String by = letInBy.remove(other);
    while (by != null && !by.equals(one)) {
      // Each once, whatever a hub may say: a ring of them would have no end.
      by = letInBy.remove(by);
    }
    return by != null;
  }
}

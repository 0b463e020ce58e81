package chat.talk.cli;

import chat.talk.room.Chat;
import chat.talk.room.Device;
import chat.talk.room.HubStatus;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The user's own account and devices. */
final class AccountCommands {
  private final Seat seat;
  private final Numbered<String> devices = new Numbered<>("device", ":devices");

  AccountCommands(Seat seat) {
    this.seat = seat;
  }

  List<RoomCommand> all() {
    return List.of(
        new RoomCommand(":status", "", "show how things stand, for the hub and you", this::status),
        new RoomCommand(":password", "", "set the password for your next devices", this::password),
        new RoomCommand(":devices", "", "list your devices", this::devices),
        new RoomCommand(
            ":revoke", "NUMBER", "shut out a device that :devices shows", this::revoke));
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
    String password = seat.console().readSecret("new password: ");
    if (password == null || password.isEmpty()) {
      throw Arguments.invalid("no password was entered, nothing is changed");
    }
    Seat.finish(seat.me().setPassword(password));
    seat.done(":password", "'talk join' with --password lets further devices in now");
  }

  private void devices(Arguments arguments) {
    arguments.end();
    List<Device> all = Seat.finish(seat.me().devices());
    String lines = all.stream().map(this::line).collect(Collectors.joining("\n"));
    seat.answer(":devices", lines, all);
  }

  private String line(Device device) {
    String online = device.online() ? "  connected" : "";
    return "  " + devices.of(device.id()) + "  since " + seat.moment(device.since()) + online;
  }

  private void revoke(Arguments arguments) {
    String device = devices.find(arguments.word("a device's number"));
    arguments.end();
    Seat.finish(seat.me().revokeDevice(device));
    seat.done(":revoke", "that device is shut out");
  }
}

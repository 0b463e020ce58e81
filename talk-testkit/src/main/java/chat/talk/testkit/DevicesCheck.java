package chat.talk.testkit;

import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.testkit.DeviceHistory.Asked;
import chat.talk.testkit.Violation.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Compares what the devices of one user were told in the end. */
final class DevicesCheck {
  private DevicesCheck() {}

  static void run(List<DeviceHistory> devices, List<Violation> found) {
    Map<UserName, List<Chat>> told = new HashMap<>();
    for (DeviceHistory device : devices) {
      for (Asked question : device.asked) {
        if (question.atEnd && question.chats != null) {
          List<Chat> other = told.putIfAbsent(device.user, question.chats);
          if (other != null && !new HashSet<>(other).equals(new HashSet<>(question.chats))) {
            String what = device + " was told " + question.chats + ", another device " + other;
            found.add(new Violation(Kind.DEVICES_DIFFER, what));
          }
        }
      }
    }
  }
}

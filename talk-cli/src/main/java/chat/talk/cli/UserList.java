package chat.talk.cli;

import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/**
 * The answer to {@code :update}.
 *
 * @param users everybody, sorted
 * @param me whose list it is
 * @param selected whom he talks to
 */
record UserList(Map<UserName, UserAddress> users, UserName me, @Nullable UserName selected) {
  private static final int WIDEST = 24;

  String show(Function<UserName, String> paint) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(users.size() == 1 ? "1 user" : users.size() + " users");
    int width = width();
    users.forEach((user, address) -> lines.add(row(user, address, paint, width)));
    return lines.toString();
  }

  private int width() {
    return users.keySet().stream()
        .mapToInt(user -> user.value().length())
        .filter(length -> length <= WIDEST)
        .max()
        .orElse(1);
  }

  private String row(
      UserName user, UserAddress address, Function<UserName, String> paint, int width) {
    String mark = user.equals(selected) ? "> " : "  ";
    String gap = " ".repeat(Math.max(0, width - user.value().length()) + 2);
    String note = user.equals(me) ? "  (you)" : "";
    return mark + paint.apply(user) + gap + Printable.line(address.toString()) + note;
  }
}

package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.Peer;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.annotations.Nullable;

/** What the lines that a user enters do. Lines come from one thread, refreshes from any. */
final class PeerTerminal {
  private final Peer me;
  private final Console console;

  /** Changed by comparing identities, so that a late answer undoes no newer choice. */
  private final AtomicReference<@Nullable UserName> selected = new AtomicReference<>();

  private int failures;

  PeerTerminal(Peer me, Console console) {
    this.me = me;
    this.console = console;
    console.onNoSuggestion(this::refresh);
  }

  /**
   * Reads lines until the user leaves.
   *
   * @return how many of them failed
   */
  int run() {
    accept(Commands.UPDATE);
    String line = console.readLine();
    while (line != null && !line.strip().equals(Commands.EXIT)) {
      accept(line);
      line = console.readLine();
    }
    return failures;
  }

  /** Asks who is there, and says something only if the selected user is not. */
  CompletableFuture<Void> refresh() {
    UserName before = selected.get();
    return me.users().thenAccept(users -> learn(users, before));
  }

  private void accept(String line) {
    try {
      if (line.startsWith("::")) {
        send(line.substring(1));
      } else if (line.startsWith(":")) {
        command(line.strip().split("\\s+", 2));
      } else if (!line.isBlank()) {
        send(line);
      }
    } catch (ChatException e) {
      failures++;
      console.fail(Printable.reason(e));
    }
  }

  private void command(String[] words) {
    String argument = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case Commands.UPDATE -> withoutArgument(words[0], argument, this::update);
      case Commands.USER -> select(argument);
      case Commands.HELP -> withoutArgument(words[0], argument, this::help);
      case Commands.EXIT -> throw invalid(Commands.EXIT + " takes nothing behind it");
      default -> throw invalid("no such command: " + words[0] + " (:help lists them all)");
    }
  }

  private static void withoutArgument(String command, String argument, Runnable action) {
    if (!argument.isEmpty()) {
      throw invalid(command + " takes nothing behind it");
    }
    action.run();
  }

  private void update() {
    Map<UserName, UserAddress> users = users();
    console.say(new UserList(users, me.name(), selected.get()).show(console::paint));
  }

  private Map<UserName, UserAddress> users() {
    UserName before = selected.get();
    Map<UserName, UserAddress> users = finish(me.users(), "asking the registry failed");
    learn(users, before);
    return users;
  }

  private void learn(Map<UserName, UserAddress> users, @Nullable UserName before) {
    console.suggest(users.keySet());
    if (before != null && !users.containsKey(before) && selected.compareAndSet(before, null)) {
      console.talkTo(null);
      console.say(console.paint(before) + " is gone; you talk to nobody now");
    }
  }

  private void select(String name) {
    if (name.isEmpty()) {
      throw invalid(":user wants a name behind it");
    }
    UserName user = UserName.of(name);
    UserAddress address = find(user);
    if (!me.canReach(address)) {
      String problem = user + " is at " + address + ", and talk does not speak that protocol";
      throw new ChatException(ChatException.Code.NO_TRANSPORT, problem);
    }
    selected.set(user);
    console.talkTo(console.paint(user));
    console.say("you talk to " + console.paint(user) + " now");
  }

  private UserAddress find(UserName user) {
    UserAddress address = users().get(user);
    if (address == null) {
      String problem = "nobody is registered as " + user + " (:update lists who is)";
      throw new ChatException(ChatException.Code.UNKNOWN_USER, problem);
    }
    return address;
  }

  private void send(String text) {
    UserName to = selected.get();
    if (to == null) {
      throw invalid("nobody is selected (:user NAME selects somebody, :update lists who is there)");
    }
    CompletableFuture<?> sent = me.send(to, text);
    if (console.isScripted()) {
      finish(sent, "not sent to " + to);
    } else {
      sent.whenComplete((entry, e) -> report(to, e));
    }
  }

  private void report(UserName to, @Nullable Throwable failure) {
    if (failure != null) {
      console.fail("not sent to " + to + ": " + Printable.reason(failure));
    }
  }

  private void help() {
    console.say(Commands.ALL_OF_THEM);
  }

  private static <T> T finish(CompletableFuture<T> answer, String problem) {
    try {
      return answer.join();
    } catch (RuntimeException e) {
      ChatException known = ChatException.of(e);
      throw new ChatException(known.code(), problem + ": " + known.getMessage(), known);
    }
  }

  private static ChatException invalid(String message) {
    return new ChatException(ChatException.Code.INVALID, message);
  }
}

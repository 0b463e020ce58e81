package chat.talk.cli;

import chat.talk.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/** Somebody who types, and sees what is shown above that; a console without a terminal. */
final class Person implements Console {
  private static final long PATIENCE_SECONDS = 20;
  private static final String END = ":exit";

  private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private volatile int waiting;

  /** Somebody for whom a program has begun that has him at its console. */
  static Person at(ToIntFunction<Person> program) {
    Person person = new Person();
    new Thread(() -> person.run(program)).start();
    return person;
  }

  private void run(ToIntFunction<Person> program) {
    try {
      exitCode.complete(program.applyAsInt(this));
    } catch (RuntimeException | Error e) {
      exitCode.completeExceptionally(e);
    }
  }

  void type(String line) {
    typed.add(line);
  }

  /** Whether all that was typed has been taken in. */
  boolean isRead() {
    return typed.isEmpty();
  }

  /** Leaves, and returns the program's exit code. */
  int leave() throws Exception {
    type(END);
    return exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The next line that is like this; those before it are passed over. */
  String await(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    while (true) {
      String line = shown.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("no " + pattern + "; seen: " + seen);
      }
      seen.add(line);
      if (wanted.matcher(line).matches()) {
        return line;
      }
    }
  }

  /** All that was shown and awaited, and what has come since. */
  List<String> all() {
    shown.drainTo(seen);
    return List.copyOf(seen);
  }

  int waitingNow() {
    return waiting;
  }

  @Override
  public @Nullable String readLine() {
    try {
      return typed.take();
    } catch (InterruptedException e) {
      return null;
    }
  }

  @Override
  public void message(ChatMessage message) {
    say(message.text());
  }

  @Override
  public void say(String text) {
    text.lines().forEach(shown::add);
  }

  @Override
  public void fail(String text) {
    say("! " + text);
  }

  @Override
  public void waiting(int count) {
    waiting = count;
  }

  @Override
  public boolean isScripted() {
    return false;
  }
}

package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.testkit.HistoryChecker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Users who talk through a hub that is killed again and again, and what they did and saw. They all
 * live on one thread, so that a history is written in the order in which it happened.
 */
final class CrashWorld implements Executor, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int USERS = 10;
  private static final int ROOMS = 3;

  private final String run;
  private final SplittableRandom random;
  private final HistoryChecker checker;
  private final CrashNetwork network = new CrashNetwork();
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Daemon::new);
  private final List<CrashUser> users = new ArrayList<>();
  private final List<CrashRoom> rooms = new ArrayList<>();
  private final Map<Entry, Entry> shared = new HashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();

  /** How often the database has gone away or come back: an odd number while it is away. */
  private final AtomicLong outages = new AtomicLong();

  private volatile boolean talking;
  private Instant lastDue = Instant.MIN;

  CrashWorld(String run, long seed) {
    this.run = run;
    this.random = new SplittableRandom(seed);
    this.checker = new HistoryChecker(run);
    for (int i = 0; i < USERS; i++) {
      UserName name = UserName.of("user" + i);
      users.add(new CrashUser(this, name, CrashWay.of(i), checker.device(name, "only")));
    }
  }

  // For its users.

  RandomGenerator random() {
    return random.split();
  }

  CrashNetwork network() {
    return network;
  }

  List<CrashUser> users() {
    return users;
  }

  List<CrashRoom> rooms() {
    return rooms;
  }

  boolean isTalking() {
    return talking;
  }

  /** One object for what all of them see. */
  Entry share(Entry entry) {
    return shared.computeIfAbsent(entry, same -> same);
  }

  /** Another number once the database has gone away or come back; odd while it is away. */
  long outages() {
    return outages.get();
  }

  void countAcknowledged() {
    acknowledged.incrementAndGet();
  }

  Instant due(int millis) {
    Instant at = Instant.now().plusMillis(millis);
    lastDue = at.isAfter(lastDue) ? at : lastDue;
    return at;
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  // For who runs it.

  long acknowledged() {
    return acknowledged.get();
  }

  /** Everybody comes in, and rooms are made. The hub must be up. */
  void begin() {
    users.forEach(user -> run(user::start));
    for (int i = 0; i < ROOMS; i++) {
      CrashRoom room = new CrashRoom(ChatId.of("room" + i), users.get(i));
      ask(user -> user.client().call(new Command.Create(room.id(), "A room")), room.owner());
      rooms.add(room);
      users.forEach(user -> ask(each -> each.goAndComeBack(room), user));
    }
    talking = true;
    users.forEach(user -> run(user::talk));
    network.trouble(random.split());
  }

  /**
   * Throws one client away, in place of which another one goes on. Only when it is connected: else
   * it may be about to connect, behind the other one. Owners stay: others wait for their answers.
   */
  void killClient() {
    CrashUser user = users.get(random.nextInt(ROOMS, USERS));
    run(
        () -> {
          if (user.isConnected()) {
            user.start();
            user.talk();
          }
        });
  }

  void databaseGoes() {
    outages.updateAndGet(count -> count | 1);
  }

  /** It is back, and the hub has noticed. */
  void databaseWorks() {
    outages.updateAndGet(count -> count + (count & 1));
  }

  /** To be called when the hub is up again. */
  void checkLastMessages() {
    List<CompletableFuture<Void>> answers =
        supply(() -> users.stream().map(CrashUser::findsLastMessage).toList());
    answers.forEach(this::get);
  }

  /** Ends all talk, waits until everybody has seen everything, and asks the last questions. */
  void end() {
    talking = false;
    network.calm();
    until("all is answered", () -> supply(() -> users.stream().allMatch(CrashUser::isIdle)));
    until("all has fallen due", () -> supply(() -> Instant.now().isAfter(lastDue)));
    for (CrashUser user : users) {
      until(user.name + " is up to date", () -> ask(CrashUser::isUpToDate, user));
    }
    users.forEach(user -> ask(CrashUser::askAtEnd, user));
  }

  /** To be called when the hub is gone for good. */
  HistoryChecker history(Target target) {
    try (Database database = target.open()) {
      checker.logs(database.storage());
    }
    return checker;
  }

  void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(run + ": waited " + LIMIT + " until " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private void run(Runnable task) {
    get(CompletableFuture.runAsync(task, this));
  }

  private <T> T supply(Supplier<T> task) {
    return get(CompletableFuture.supplyAsync(task, this));
  }

  private <T> T ask(Function<CrashUser, CompletableFuture<T>> question, CrashUser user) {
    return get(supply(() -> question.apply(user)));
  }

  private <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(run + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError(run + ": no answer", e);
    }
  }

  @Override
  public void close() {
    users.forEach(CrashUser::stop);
    network.close();
    thread.shutdown();
  }

  private static final class Daemon extends Thread {
    Daemon(Runnable task) {
      super(task, "crash-world");
      setDaemon(true);
    }
  }
}

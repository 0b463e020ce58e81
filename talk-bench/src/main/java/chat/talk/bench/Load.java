package chat.talk.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jetbrains.annotations.Nullable;

/** The clients of one server: a single thread reads and writes all their sockets. */
final class Load implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int SETUP_IN_FLIGHT = 256;

  /** So many come and go at a time. */
  static final int PASSING = 250;

  /** So many come and go before the server may catch up with compiling what they have used. */
  private static final int ROUND = 6_000;

  /** Of so many readers one looks at every byte. */
  private static final int SAMPLED = 50;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Contender contender;
  private final int port;
  private final int textLength;
  private final List<LoadRoom> rooms = new ArrayList<>();
  private final List<LoadClient> clients = Collections.synchronizedList(new ArrayList<>());
  private int users;

  // For the loop's thread.
  private byte[] scratch = new byte[4 * Connector.RECEIVE];
  private long now;
  private long delivered;
  private long troubles;
  private @Nullable String firstTrouble;
  private @Nullable Histogram times;

  Load(Contender contender, int port, int textLength) {
    this.contender = contender;
    this.port = port;
    this.textLength = textLength;
  }

  Contender contender() {
    return contender;
  }

  int port() {
    return port;
  }

  int textLength() {
    return textLength;
  }

  MarkScanner marks(Conversation.Client client, int user) {
    byte[] expected = user % SAMPLED == 0 ? NumberedText.bytes(textLength) : new byte[0];
    return new MarkScanner(client, textLength, expected);
  }

  LoadRoom room(String name) {
    LoadRoom room = new LoadRoom(rooms.size(), name);
    rooms.add(room);
    return room;
  }

  /** Connects clients, some of them at the same time; returns when all are in. */
  List<LoadClient> connect(int count, String room) throws Exception {
    List<LoadClient> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(new LoadClient(this, users++, room));
    }
    Connector connector = new Connector(loop, new InetSocketAddress(LOOPBACK, port), all);
    run(() -> connector.start(SETUP_IN_FLIGHT));
    clients.addAll(all);
    connector.done().get();
    return all;
  }

  /**
   * Lets some come and go first, so that neither the code of the load nor that of the server is
   * compiled while it is measured; returns when the server has nothing to do any more.
   */
  void pass(ServerProcess server, int count) throws Exception {
    for (int left = count; left > 0; left -= ROUND) {
      pass(Math.min(left, ROUND));
      server.awaitRest();
    }
  }

  private void pass(int count) throws Exception {
    for (int left = count; left > 0; left -= PASSING) {
      List<LoadClient> some = connect(Math.min(left, PASSING), Contender.GENERAL);
      run(() -> some.forEach(LoadClient::close));
      clients.removeAll(some);
    }
  }

  /** Makes each room, by its first member, and lets the others in. */
  void fill(List<LoadRoom> made, List<List<LoadClient>> members) throws Exception {
    Pipeline pipeline = new Pipeline(SETUP_IN_FLIGHT);
    for (int i = 0; i < made.size(); i++) {
      String room = made.get(i).name();
      List<LoadClient> all = members.get(i);
      pipeline.run(() -> fill(room, all.get(0), all.subList(1, all.size())));
    }
    pipeline.finish();
  }

  private CompletableFuture<Void> fill(String room, LoadClient owner, List<LoadClient> guests) {
    return owner
        .ask(contender.make(room, guests.stream().map(LoadClient::user).toList()))
        .thenCompose(
            made ->
                CompletableFuture.allOf(
                    guests.stream()
                        .map(guest -> guest.ask(contender.enter(room)))
                        .toArray(CompletableFuture<?>[]::new)));
  }

  void execute(Runnable task) {
    loop.execute(task);
  }

  /** Does something on the load's thread, and waits for it. */
  <T> T on(Supplier<T> task) throws Exception {
    return loop.submit(task::get).get();
  }

  void run(Runnable task) throws Exception {
    loop.submit(task).get();
  }

  /**
   * Does something again and again, so many times a second, until cancelled.
   *
   * @param task gets the time at which it is due; late by much, it happens several times in a row
   */
  AutoCloseable repeat(double perSecond, LongConsumer task) {
    Pace pace = new Pace(perSecond, System.nanoTime(), task);
    var repeated =
        loop.scheduleAtFixedRate(pace, 0, (long) (1e9 / perSecond), TimeUnit.NANOSECONDS);
    return () -> repeated.cancel(false);
  }

  /** Lets somebody send as fast as his window allows; returns when all of it is there. */
  void keepUp(LoadSender sender, double seconds) throws Exception {
    run(sender::start);
    sleep(seconds);
    run(sender::stop);
    settle();
  }

  static void sleep(double seconds) throws InterruptedException {
    Thread.sleep((long) (1000 * seconds));
  }

  long delivered() throws Exception {
    return on(() -> delivered);
  }

  /** From now on, how long messages take goes in there; nowhere when null. */
  void time(@Nullable Histogram histogram) throws Exception {
    run(() -> times = histogram);
  }

  /** So many messages a second, or as many as the server keeps up with. */
  double rate(int wanted, int readers) {
    return Math.min(wanted, contender.mostDeliveries() / readers);
  }

  /** Waits until everybody has got everything, in one order, and says whether they have. */
  Figure.Verdict settle() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (missing() > 0 && System.nanoTime() < end && !isTroubled()) {
      Thread.sleep(20);
    }
    return on(this::verdict);
  }

  /** Whether something has gone wrong, so that nothing more is to be waited for. */
  boolean isTroubled() throws Exception {
    return on(() -> troubles) > 0;
  }

  private long missing() throws Exception {
    return on(() -> rooms.stream().mapToLong(LoadRoom::missing).sum());
  }

  private Figure.Verdict verdict() {
    long missing = rooms.stream().mapToLong(LoadRoom::missing).sum();
    long differing = rooms.stream().mapToLong(LoadRoom::differing).sum();
    if (troubles + missing + differing == 0) {
      return new Figure.Verdict(true, "complete, in order");
    }
    if (troubles + missing == 0 && !contender.hasOneOrder()) {
      return new Figure.Verdict(
          true, "complete, in each sender's order; %d readers with another".formatted(differing));
    }
    return new Figure.Verdict(
        false,
        "WRONG: %d faults (first: %s), %d not received, %d readers with another order"
            .formatted(troubles, firstTrouble, missing, differing));
  }

  /** Room for what is being read, for the moment. */
  byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[2 * length];
    }
    return scratch;
  }

  void now() {
    now = System.nanoTime();
  }

  /**
   * A reader has got a message.
   *
   * @param sentAt 0 when how long it took is of no interest
   */
  void delivered(long sentAt) {
    delivered++;
    Histogram histogram = times;
    if (histogram != null && sentAt != 0) {
      histogram.recordValue(now - sentAt);
    }
  }

  void trouble(String what) {
    troubles++;
    if (firstTrouble == null) {
      firstTrouble = what;
    }
  }

  @Override
  public void close() throws Exception {
    run(() -> clients.forEach(LoadClient::close));
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
  }
}

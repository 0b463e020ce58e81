package chat.talk.bench;

import java.util.ArrayList;
import java.util.List;

/** Senders keep messages on their way; counts deliveries in a second. */
final class NetFanout implements NetRow {
  private static final double SECONDS = 5;

  private final NetOptions options;
  private final int rooms;
  private final int readers;
  private final int senders;
  private final int window;
  private final boolean areSendersReaders;

  private NetFanout(
      NetOptions options,
      int rooms,
      int readers,
      int senders,
      int window,
      boolean areSendersReaders) {
    this.options = options;
    this.rooms = rooms;
    this.readers = readers;
    this.senders = senders;
    this.window = options.number("window", window);
    this.areSendersReaders = areSendersReaders;
  }

  static NetFanout general(NetOptions options, int senders, int readers) {
    int sending = options.number("senders", senders);
    int reading = options.number("readers", readers);
    return new NetFanout(options, 1, reading, sending, 256, false);
  }

  static NetFanout chats(NetOptions options) {
    int members = options.number("members", 5);
    return new NetFanout(options, options.number("chats", 200), members, members, 1, true);
  }

  @Override
  public double seconds() {
    return SECONDS;
  }

  @Override
  public int connections() {
    return areSendersReaders ? rooms * readers : readers + senders;
  }

  @Override
  public String title() {
    return areSendersReaders
        ? "%,d chats of %d members, all send".formatted(rooms, readers)
        : "%d %s to %,d readers".formatted(senders, senders == 1 ? "sends" : "send", readers);
  }

  @Override
  public String unit() {
    return "deliveries/s";
  }

  @Override
  public boolean isMoreBetter() {
    return true;
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 128))) {
      List<LoadSender> all = areSendersReaders ? chats(load) : general(load);
      load.run(() -> all.forEach(LoadSender::start));
      Load.sleep(options.warmUp(server.contender()));
      Busy busy = Busy.begin(server);
      long before = load.delivered();
      options.sleep("seconds", SECONDS);
      long delivered = load.delivered() - before;
      Busy.Time time = busy.end();
      load.run(() -> all.forEach(LoadSender::stop));
      return figure(delivered, time).judged(load.settle());
    }
  }

  private static Figure figure(long delivered, Busy.Time time) {
    double rate = delivered / time.seconds();
    double cpu = delivered == 0 ? Double.NaN : time.server() * 1e9 / delivered;
    Figure figure =
        Figure.of(rate, "%,.0f deliveries/s, %,.0f ns of the server each; %s", rate, cpu, time);
    return time.addTo(figure).with(Figure.DELIVERY_CPU, cpu);
  }

  private List<LoadSender> general(Load load) throws Exception {
    LoadRoom room = load.room(Contender.GENERAL);
    load.connect(readers, room.name()).forEach(room::addReader);
    List<LoadClient> sending = load.connect(senders, room.name());
    return load.on(
        () ->
            sending.stream()
                .map(client -> room.addSender(client, window, load.textLength()))
                .toList());
  }

  private List<LoadSender> chats(Load load) throws Exception {
    List<LoadRoom> made = new ArrayList<>();
    List<List<LoadClient>> members = new ArrayList<>();
    List<LoadSender> all = new ArrayList<>();
    for (int i = 0; i < rooms; i++) {
      LoadRoom room = load.room("chat-" + i);
      made.add(room);
      List<LoadClient> inside = load.connect(readers, room.name());
      members.add(inside);
      load.run(
          () ->
              inside.forEach(
                  member -> {
                    room.addReader(member);
                    all.add(room.addSender(member, window, load.textLength()));
                  }));
    }
    load.fill(made, members);
    return all;
  }
}

package chat.talk.bench;

/** Connections made in a second: TCP, WebSocket, and a session that has begun. */
final class NetLogins implements NetRow {
  /** Enough for a server that need not warm up. */
  private static final int FEW = 4_000;

  private final NetOptions options;
  private final int first;
  private final int connections;

  NetLogins(NetOptions options) {
    this.options = options;
    this.first = options.number("first", 48_000);
    this.connections = options.number("readers", 8_000);
  }

  @Override
  public int connections() {
    return Math.max(connections, Load.PASSING);
  }

  @Override
  public String title() {
    return "connections with login, %,d of them".formatted(connections);
  }

  @Override
  public String unit() {
    return "logins/s";
  }

  @Override
  public boolean isMoreBetter() {
    return true;
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 128))) {
      load.pass(server, server.contender().isCompiledAtFirst() ? Math.min(first, FEW) : first);
      Busy busy = Busy.begin(server);
      load.connect(connections, Contender.GENERAL);
      return figure(busy.end()).judged(load.settle());
    }
  }

  private Figure figure(Busy.Time time) {
    double rate = connections / time.seconds();
    double server = time.server() * 1e6 / connections;
    double client = time.load() * 1e6 / connections;
    Figure figure =
        Figure.of(
            rate,
            "%,.0f logins/s, %.0f µs of the server and %.0f µs of the load each; %s",
            rate,
            server,
            client,
            time);
    return time.addTo(figure).with(Figure.LOGIN_CPU, server).with(Figure.LOAD_LOGIN_CPU, client);
  }
}

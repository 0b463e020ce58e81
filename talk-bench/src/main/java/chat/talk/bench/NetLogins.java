package chat.talk.bench;

/** Connections made in a second: TCP, WebSocket, and a session that has begun. */
final class NetLogins implements NetRow {
  private final NetOptions options;
  private final int first;
  private final int connections;

  NetLogins(NetOptions options) {
    this.options = options;
    this.first = options.number("first", 8_000);
    this.connections = options.number("readers", 8_000);
  }

  @Override
  public int connections() {
    return first + connections;
  }

  @Override
  public boolean isMoreBetter() {
    return true;
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 128))) {
      load.connect(first, Contender.GENERAL);
      Busy busy = Busy.begin(server);
      long begin = System.nanoTime();
      load.connect(connections, Contender.GENERAL);
      double rate = connections * 1e9 / (System.nanoTime() - begin);
      String shares = busy.end();
      return Figure.of(rate, "%,.0f logins/s; %s; %s", rate, shares, load.settle());
    }
  }
}

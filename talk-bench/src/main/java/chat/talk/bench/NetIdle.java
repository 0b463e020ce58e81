package chat.talk.bench;

import java.util.List;

/** Memory for each connection on which somebody is logged in and nothing happens. */
final class NetIdle implements NetRow {
  /** These come and go before, so that what the server's code takes is not counted. */
  private static final int FIRST = 2_000;

  private final NetOptions options;
  private final int connections;

  NetIdle(NetOptions options) {
    this.options = options;
    this.connections = options.number("readers", 10_000);
  }

  @Override
  public int connections() {
    return connections + FIRST;
  }

  @Override
  public boolean isMoreBetter() {
    return false;
  }

  /** So that after collecting the heap takes hardly more than what is alive. */
  @Override
  public String[] jvmOptions() {
    return new String[] {"-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10", "-Xmn16m"};
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 128))) {
      List<LoadClient> first = load.connect(FIRST, Contender.GENERAL);
      load.run(() -> first.forEach(LoadClient::close));
      long heap = server.heap();
      long resident = server.resident();
      load.connect(connections, Contender.GENERAL);
      double heapEach = (server.heap() - heap) / 1024.0 / connections;
      double each = (server.resident() - resident) / 1024.0 / connections;
      return Figure.of(
          each,
          "%.1f KiB for each of %d connections, %.1f KiB of that live heap; %s",
          each,
          connections,
          heapEach,
          load.settle());
    }
  }
}

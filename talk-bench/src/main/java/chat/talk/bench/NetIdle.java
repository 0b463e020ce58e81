package chat.talk.bench;

/** Memory for each connection on which somebody is logged in and nothing happens. */
final class NetIdle implements NetRow {
  /** So many come and go before, so that what the server's code takes is not counted. */
  private static final int FIRST = 8_000;

  /** A program that isn't in Java may keep their memory for those that follow. */
  private static final int FEW = 10;

  private final NetOptions options;
  private final int first;
  private final int connections;

  NetIdle(NetOptions options) {
    this.options = options;
    this.first = options.number("first", FIRST);
    this.connections = options.number("readers", 10_000);
  }

  @Override
  public int connections() {
    return Math.max(connections, Load.PASSING);
  }

  @Override
  public String title() {
    return "memory of an idle connection, %,d logged in".formatted(connections);
  }

  @Override
  public String unit() {
    return "KiB";
  }

  @Override
  public boolean isMoreBetter() {
    return false;
  }

  /** So that after collecting the heap takes hardly more than what is alive. */
  @Override
  public String[] jvmOptions() {
    return new String[] {
      "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10", "-XX:-ShrinkHeapInSteps", "-Xmn16m"
    };
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 128))) {
      load.pass(server, server.tellsHeap() ? first : FEW);
      long heap = server.heap();
      long resident = server.resident();
      load.connect(connections, Contender.GENERAL);
      double heapEach = (server.heap() - heap) / 1024.0 / connections;
      double each = (server.resident() - resident) / 1024.0 / connections;
      return Figure.of(
              each,
              "%.1f KiB for each of %,d connections%s",
              each,
              connections,
              heapEach > 0 ? ", %.1f KiB of that live heap".formatted(heapEach) : "")
          .judged(load.settle());
    }
  }
}

package chat.talk.bench;

/** The rows by their names. */
final class NetRows {
  /** Costs of some connections behind many others. */
  static final String GROWTH = "growth";

  private NetRows() {}

  static NetRow of(String name, NetOptions options) {
    return switch (name) {
      case "A" -> NetFanout.general(options, 1, 1000);
      case "B" -> NetFanout.general(options, 10, 100);
      case "C" -> NetFanout.chats(options);
      case "D" -> new NetLatency(options);
      case "E" -> new NetIdle(options);
      case "F" -> new NetLogins(options);
      case "G" -> new NetStall(options);
      case GROWTH -> new NetGrowth(options);
      default -> throw new IllegalArgumentException("A to G, growth or crowd, but not " + name);
    };
  }
}

package chat.talk.bench;

/**
 * A hub and its users in one JVM.
 *
 * <p>The first argument says what is measured:
 *
 * <ul>
 *   <li>{@code fanout}: one sends, 1,000 listen; checked for order and completeness. Further
 *       arguments: listeners, messages in a batch (1,000 and 10,000 unless given).
 *   <li>{@code memory}: what 100,000 chats with 10 members each hold, and their users' sessions.
 *       Further argument: how many users (20,000), each of whom makes five of these chats.
 *   <li>{@code connect}: how long a user with 500 chats takes to come back and get what is unread.
 *   <li>{@code stuck}: what one listener that never returns costs 1,000 others, and the heap.
 * </ul>
 */
public final class HubBench {
  private HubBench() {}

  /** Runs one of the benchmarks. */
  public static void main(String[] args) throws Exception {
    String what = args.length > 0 ? args[0] : "fanout";
    switch (what) {
      case "fanout" ->
          HubFanout.run(Arguments.number(args, 1, 1_000), Arguments.number(args, 2, 10_000));
      case "memory" -> HubMemory.run(Arguments.number(args, 1, 20_000));
      case "connect" -> HubConnect.run();
      case "stuck" -> HubStuck.run();
      default -> Arguments.refuse("fanout, memory, connect or stuck, but not " + what);
    }
  }
}

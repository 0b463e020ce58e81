package chat.talk.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link Performance}, for one row alone: {@code A} to {@code H}, {@code growth} or {@code crowd},
 * names of contenders, and settings such as {@code runs=1 warmup=15 jvm=-Xlog:gc}.
 */
public final class NetBench {
  private NetBench() {}

  /** Runs it; row A when none is named. */
  public static void main(String[] args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    if (all.stream().noneMatch(Wish::isForm)) {
      all.add("A");
    }
    Performance.main(all.toArray(String[]::new));
  }
}

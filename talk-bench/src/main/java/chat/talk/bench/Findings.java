package chat.talk.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that was measured.
 *
 * @param rows of the table
 * @param sweeps by their names: a result for each size
 */
record Findings(
    Machine machine, List<Result> rows, Map<String, SortedMap<Integer, Result>> sweeps) {
  /** What is drawn, not judged, has no need of a middle run. */
  private static final NetOptions ONCE = NetOptions.of("runs=1");

  /** Measures what a plan says, as settings change it, and tells on standard output how it goes. */
  static Findings of(Plan plan, List<Contender> contenders, NetOptions options) throws Exception {
    Machine machine = Machine.here(options.folder());
    System.out.println(machine);
    List<Result> rows = new ArrayList<>();
    for (String name : plan.rows()) {
      Result row = row(name, contenders, plan.settings(name).with(options));
      rows.add(plan.isEnough(name, options) ? row : row.unjudged());
    }
    Map<String, SortedMap<Integer, Result>> sweeps = new LinkedHashMap<>();
    for (Map.Entry<String, List<Integer>> sweep : plan.sweeps().entrySet()) {
      NetOptions settings = plan.settings(sweep.getKey()).with(options).with(ONCE);
      sweeps.put(sweep.getKey(), sweep(sweep.getKey(), sweep.getValue(), contenders, settings));
    }
    return new Findings(machine, rows, sweeps);
  }

  private static Result row(String name, List<Contender> contenders, NetOptions settings)
      throws Exception {
    System.out.println(name);
    return name.equals(Plan.STORAGE)
        ? StorageRow.rate(settings)
        : compare(name, contenders, settings);
  }

  private static Result compare(String name, List<Contender> contenders, NetOptions settings)
      throws Exception {
    return new Comparison(name, NetRows.of(name, settings), settings)
        .run(Contenders.forRow(name, contenders));
  }

  private static SortedMap<Integer, Result> sweep(
      String name, List<Integer> sizes, List<Contender> contenders, NetOptions settings)
      throws Exception {
    SortedMap<Integer, Result> results = new TreeMap<>();
    for (int size : sizes) {
      System.out.println(name + " " + size);
      results.put(size, measure(name, size, contenders, settings));
    }
    return results;
  }

  private static Result measure(
      String name, int size, List<Contender> contenders, NetOptions settings) throws Exception {
    NetOptions sized = settings.with(NetOptions.of("readers=" + size));
    return switch (name) {
      case Plan.READERS -> compare("A", contenders, sized);
      case Plan.MEMORY -> compare("E", compared(contenders), sized);
      case Plan.GROWTH -> compare(NetRows.GROWTH, compared(contenders), sized);
      case Plan.OPENING -> StorageRow.opening(settings, size);
      default -> throw new IllegalArgumentException("no sweep " + name);
    };
  }

  /** Of what takes long, bare Netty is enough beside Talk. */
  private static List<Contender> compared(List<Contender> contenders) {
    Set<String> names = Set.of(Contenders.TALK.name(), Contenders.NETTY.name());
    return contenders.stream().filter(contender -> names.contains(contender.name())).toList();
  }

  /** Whether all that was measured of Talk is complete and in order. */
  boolean isTalkRight() {
    return rows.stream().allMatch(row -> !row.has(Result.TALK) || row.isRight(Result.TALK));
  }
}

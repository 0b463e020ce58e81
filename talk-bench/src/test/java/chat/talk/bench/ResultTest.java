package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ResultTest {
  @Test
  void theMiddleOfTheRunsCounts() {
    Result result = result("A", runs(7e6, 9e6, 5e6), runs(10e6, 8e6, 11e6));
    assertThat(result.median("Talk").value()).isEqualTo(7e6);
    assertThat(result.least("Talk")).isEqualTo(5e6);
    assertThat(result.most("Talk")).isEqualTo(9e6);
    assertThat(result.ratio("bare Netty")).isEqualTo(0.7);
    assertThat(result.isReached()).isTrue();
  }

  @Test
  void lessThanWhatIsAskedDoesNotReachIt() {
    assertThat(result("A", runs(5.9), runs(10)).isReached()).isFalse();
    assertThat(result("E", runs(8.1), runs(1)).isReached()).isFalse();
    assertThat(result("E", runs(7.9), runs(1)).isReached()).isTrue();
    assertThat(result("F", runs(7_999), runs(1)).isReached()).isFalse();
  }

  @Test
  void theCommitsOwnTimeIsTakenOff() {
    List<Figure> talk = List.of(Figure.of(5, "").aside(3));
    List<Figure> netty = List.of(Figure.of(2, "").aside(1));
    Result result = result("D", talk, netty);
    assertThat(result.ratio("bare Netty")).isEqualTo((5.0 - (3 - 1)) / 2);
    assertThat(result.isReached()).isFalse();
  }

  @Test
  void whatHasLostSomethingReachesNothing() {
    Figure.Verdict wrong = new Figure.Verdict(false, "1 not received");
    Result result = result("A", List.of(Figure.of(10, "fast").judged(wrong)), runs(10));
    assertThat(result.isReached()).isFalse();
    assertThat(MarkdownTable.of(List.of(result)))
        .contains("10.0 **incomplete**")
        .contains("| no |");
    assertThat(TextTable.of(List.of(result))).contains("INCOMPLETE: fast; 1 not received");
  }

  @Test
  void whatMovesTheOthersDoesNotReachWhatIsAsked() {
    Figure small = Figure.of(1, "");
    Figure calm = small.with(Figure.P99_BEFORE, 2).with(Figure.P99, 3);
    Figure moved = small.with(Figure.P99_BEFORE, 2).with(Figure.P99, 9);
    assertThat(result("G", List.of(calm), List.of()).isReached()).isTrue();
    assertThat(result("G", List.of(moved), List.of()).isReached()).isFalse();
    assertThat(MarkdownTable.of(List.of(result("G", List.of(moved), List.of()))))
        .contains("1.00; others' p99 2.00 → 9.00 ms; unmoved in 0 of 1");
    assertThat(result("G", List.of(calm, moved, moved), List.of()).isReached()).isFalse();
    assertThat(result("G", List.of(calm, calm, moved), List.of()).isReached()).isTrue();
    Figure movedLater = calm.with(Figure.P99_AFTER, 9);
    assertThat(result("G", List.of(movedLater), List.of()).isReached()).isTrue();
  }

  @Test
  void whatAFullLoadHasMeasuredIsABound() {
    Result result = result("A", loaded(7, 0.5, 20), loaded(10, 0.96, 10));
    assertThat(result.isReached()).isTrue();
    assertThat(result.isOpen()).isTrue();
    assertThat(MarkdownTable.of(List.of(result)))
        .contains("| 7.00 |")
        .contains("≥ 10.0; load full; Talk ≤ 0.70 ×, by core time 0.50 ×")
        .contains("| open, load full |");
    assertThat(TextTable.of(List.of(result))).contains("≥ 10.0", "load full", "open");
  }

  @Test
  void whatIsAlsoReachedByCoreTimeIsNotOpen() {
    Result result = result("A", loaded(7, 0.5, 12), loaded(10, 0.96, 10));
    assertThat(MarkdownTable.reached(result)).isEqualTo("yes");
  }

  @Test
  void whatIsMissedIsOpenOnlyIfTalksOwnLoadWasFull() {
    assertThat(MarkdownTable.reached(result("A", loaded(1, 0.5, 20), loaded(10, 0.96, 10))))
        .isEqualTo("no");
    assertThat(MarkdownTable.reached(result("A", loaded(1, 0.96, 12), loaded(10, 0.96, 10))))
        .isEqualTo("open, load full");
    assertThat(MarkdownTable.reached(result("A", loaded(1, 0.96, 20), loaded(10, 0.96, 10))))
        .as("by core time as well")
        .isEqualTo("no");
  }

  @Test
  void aFullServerIsWhatWasMeasuredThoughTheLoadIsFullToo() {
    List<Figure> both =
        List.of(Figure.of(10, "").with(Figure.LOAD_SHARE, 0.98).with(Figure.SERVER_SHARE, 0.97));
    assertThat(result("A", runs(7), both).isLoadFull("bare Netty")).isFalse();
  }

  @Test
  void aTimeThatAFullLoadHasMeasuredIsAtMostThat() {
    Result result = result("D", loaded(2, 1, 1), runs(1));
    assertThat(MarkdownTable.of(List.of(result)))
        .contains("| ≤ 2.00; load full |", "Talk ≤ 2.00 ×");
  }

  @Test
  void howFarRunsAreApartIsTold() {
    Result result = result("A", runs(9, 10, 12), runs(1));
    assertThat(result.spread("Talk")).isEqualTo(0.3);
    assertThat(TextTable.details(result).get(0)).endsWith("; 3 runs 9.00 to 12.0, 30 % apart");
    assertThat(TextTable.details(result).get(1)).doesNotContain("apart");
  }

  @Test
  void whatIsMeasuredShortlyIsNotJudged() {
    Result result = result("A", runs(1), runs(10)).unjudged();
    assertThat(MarkdownTable.reached(result)).isEqualTo("–");
    assertThat(TextTable.of(List.of(result)))
        .contains("asked of Talk: 60 % of bare Netty (80 %), in full\n");
  }

  @Test
  void withoutItsReferenceARowIsNotJudged() {
    Result result = result("A", runs(10), List.of());
    assertThat(result.isJudged()).isFalse();
    assertThat(result.ratio("bare Netty")).isNaN();
    assertThat(MarkdownTable.reached(result)).isEqualTo("–");
  }

  @Test
  void aTableHasAsManyCellsInEachLine() {
    String table =
        MarkdownTable.of(
            List.of(result("A", runs(1, 2), List.of()), result("B", runs(3), runs(1234))));
    assertThat(table.lines()).hasSize(4);
    assertThat(table.lines().map(line -> line.chars().filter(c -> c == '|').count()))
        .containsOnly(6L);
    assertThat(table).contains("2.00 (1.00–2.00) | – |").contains("1,234; Talk 0.00 ×");
  }

  @Test
  void figuresAreReadable() {
    assertThat(DoubleStream.of(0.123, 4.567, -12.34, 345.6, 8900, 11_400_000, Double.NaN))
        .extracting(Numbers::text)
        .containsExactly("0.12", "4.57", "-12.3", "346", "8,900", "11.4 M", "failed");
    assertThat(DoubleStream.of(0, 0.1, 2.5, 20_000, 2_500_000))
        .extracting(Numbers::mark)
        .containsExactly("0", "0.1", "2.5", "20,000", "2.5 M");
  }

  @Test
  void coresAreToldAsTheSystemDoes() {
    assertThat(Cores.numbers("0-2,5")).containsExactly(0, 1, 2, 5);
    assertThat(Cores.numbers("7")).containsExactly(7);
  }

  private static List<Figure> loaded(double value, double share, double cost) {
    return List.of(
        Figure.of(value, "").with(Figure.LOAD_SHARE, share).with(Figure.DELIVERY_CPU, cost));
  }

  private static List<Figure> runs(double... values) {
    return DoubleStream.of(values).mapToObj(value -> Figure.of(value, "")).toList();
  }

  private static Result result(String key, List<Figure> talk, List<Figure> netty) {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    figures.put("Talk", talk);
    if (!netty.isEmpty()) {
      figures.put("bare Netty", netty);
    }
    return Result.of(key, NetRows.of(key, NetOptions.NONE), figures);
  }
}

package chat.talk.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/**
 * What somebody wants to have measured.
 *
 * @param form {@code short}, {@code full}, or the name of a row that is measured alone
 * @param out where it is to be written; null for nowhere
 * @param names of contenders; empty for all there are
 */
record Wish(String form, @Nullable Path out, List<String> names, NetOptions options) {
  static final String CROWD = "crowd";

  private static final String SHORT = "short";
  private static final String FULL = "full";
  private static final String OUT = "--out";

  Wish {
    names = List.copyOf(names);
  }

  /**
   * Understands a command line.
   *
   * @throws IllegalArgumentException with words for whoever has typed it
   */
  static Wish of(List<String> args) {
    List<String> forms = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    Path out = null;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals(OUT)) {
        out = folder(args, ++i);
      } else if (arg.startsWith(OUT + "=")) {
        out = Path.of(arg.substring(OUT.length() + 1));
      } else if (arg.contains("=")) {
        settings.add(arg);
      } else {
        (isForm(arg) ? forms : names).add(arg);
      }
    }
    names.forEach(Wish::check);
    return new Wish(form(forms), out, names, NetOptions.of(settings));
  }

  private static Path folder(List<String> args, int index) {
    if (index >= args.size()) {
      throw new IllegalArgumentException(OUT + " needs a folder");
    }
    return Path.of(args.get(index));
  }

  /** Whether it says what is to be measured. */
  static boolean isForm(String arg) {
    return List.of(SHORT, FULL, CROWD, NetRows.GROWTH).contains(arg) || Plan.ROWS.contains(arg);
  }

  private static String form(List<String> forms) {
    if (forms.size() > 1) {
      throw new IllegalArgumentException("one of " + forms + ", but not all");
    }
    return forms.isEmpty() ? SHORT : forms.get(0);
  }

  private static void check(String name) {
    if (!Contenders.names().contains(name)) {
      throw new IllegalArgumentException(
          "no server or row %s; servers are %s".formatted(name, Contenders.names()));
    }
  }

  boolean isCrowd() {
    return form.equals(CROWD);
  }

  /** Whether all rows are asked for, in full. */
  boolean isWhole() {
    Plan plan = plan();
    return form.equals(FULL)
        && rows().isEmpty()
        && plan.rows().stream().allMatch(row -> plan.isEnough(row, options));
  }

  private List<String> rows() {
    return options.text("rows", "").chars().mapToObj(Character::toString).distinct().toList();
  }

  /**
   * What is to be measured.
   *
   * @throws IllegalArgumentException if there are no such rows
   */
  Plan plan() {
    if (!Plan.ROWS.containsAll(rows())) {
      throw new IllegalArgumentException(
          "rows are some of ABCDEFGH, but not " + options.text("rows", ""));
    }
    return switch (form) {
      case SHORT -> Plan.brief().only(rows());
      case FULL -> Plan.full(options).only(rows());
      default -> Plan.full(options).only(List.of(form));
    };
  }

  List<Contender> contenders() {
    boolean isFew = form.equals(SHORT) && names.isEmpty();
    return isFew
        ? List.of(Contenders.TALK, Contenders.NETTY)
        : Contenders.present(names.stream().distinct().toList());
  }
}

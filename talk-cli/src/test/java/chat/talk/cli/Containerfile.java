package chat.talk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The instructions in the Containerfile, in their order. */
record Containerfile(List<Instruction> instructions) {
  private static final Pattern WORD = Pattern.compile("\"([^\"\\\\]*)\"");
  private static final Pattern EXEC_FORM = Pattern.compile("\\[%1$s(, *%1$s)*]".formatted(WORD));

  static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().getParent();

  /** A line, such as {@code USER 10001:10001}. */
  record Instruction(String name, String value) {
    static Instruction of(String line) {
      String[] parts = line.strip().split("\\s+", 2);
      return new Instruction(parts[0], parts[1]);
    }
  }

  static Containerfile read() throws IOException {
    String text = Files.readString(ROOT.resolve("Containerfile")).replace("\\\n", " ");
    return new Containerfile(
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Instruction::of)
            .toList());
  }

  /** What follows a name, wherever it stands. */
  List<String> all(String name) {
    return instructions.stream()
        .filter(i -> i.name().equals(name))
        .map(Instruction::value)
        .toList();
  }

  /** What follows a name that stands there once. */
  String one(String name) {
    List<String> values = all(name);
    if (values.size() != 1) {
      throw new AssertionError(name + " stands there " + values.size() + " times");
    }
    return values.get(0);
  }

  /** Where each COPY takes something from, and where it puts it. */
  List<String[]> copies() {
    return all("COPY").stream().map(value -> value.split("\\s+", 2)).toList();
  }

  /** The command of each RUN. */
  List<List<String>> runs() {
    return all("RUN").stream().map(Containerfile::words).toList();
  }

  List<String> entrypoint() {
    return words(one("ENTRYPOINT"));
  }

  List<String> command() {
    return words(one("CMD"));
  }

  List<String> health() {
    return words(one("HEALTHCHECK").replaceFirst(".*?CMD\\s+", ""));
  }

  /** A command that no shell takes apart: a list of JSON, anything else is the shell's. */
  private static List<String> words(String list) {
    if (!EXEC_FORM.matcher(list).matches()) {
      throw new AssertionError("a shell would run this: " + list);
    }
    return WORD.matcher(list).results().map(word -> word.group(1)).toList();
  }
}

package chat.talk.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A document whose code is held against a test's source. */
final class Guide {
  private final String text;

  private Guide(String text) {
    this.text = text;
  }

  static Guide of(String... path) throws IOException {
    return new Guide(Files.readString(Path.of("..", path)));
  }

  /** The source of a test in this package. */
  static String source(Class<?> test) throws IOException {
    String file = test.getSimpleName() + ".java";
    return bare(Files.readString(Path.of("src/test/java/chat/talk/examples", file)));
  }

  /**
   * The blocks of Java as they stand in a source.
   *
   * @param instead what a test says instead, as ports that are free
   */
  List<String> java(Map<String, String> instead) {
    return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(block -> replaced(block, instead))
        .map(Guide::bare)
        .toList();
  }

  private static String replaced(String block, Map<String, String> instead) {
    String code = block.replaceFirst("^```java\n", "").replaceFirst("```$", "");
    for (Map.Entry<String, String> each : instead.entrySet()) {
      code = code.replace(each.getKey(), each.getValue());
    }
    return code;
  }

  /** Without comments at the ends of lines, and without white space. */
  static String bare(String code) {
    return code.replaceAll("(?m)\\s//.*$", "").replaceAll("\\s+", "");
  }
}

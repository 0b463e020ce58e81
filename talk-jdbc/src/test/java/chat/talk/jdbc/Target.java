package chat.talk.jdbc;

import java.nio.file.Path;

/**
 * Where a database is.
 *
 * @param url a JDBC URL or a file's path
 * @param user empty when there is none
 * @param password empty when there is none
 */
record Target(String url, String user, String password) {
  static Target file(Path path) {
    return new Target(path.toString(), "", "");
  }

  static Target of(TestServer server) {
    return new Target(server.url(), server.user(), server.password());
  }

  Database open() {
    DatabaseBuilder builder = Database.builder(url);
    return user.isEmpty() ? builder.open() : builder.user(user).password(password).open();
  }
}

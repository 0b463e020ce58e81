package chat.talk.jdbc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Facts in a database on a server. */
abstract class ServerFactsContract extends FactsContract {
  private Database database;

  abstract TestServer server();

  @BeforeEach
  void open() {
    server().clean();
    database = server().database().open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }
}

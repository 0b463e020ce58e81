package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The queries of docs/storage.md on a server. */
abstract class ServerStorageGuideContract extends StorageGuideContract {
  abstract TestServer server();

  @Override
  Database open() {
    server().clean();
    return server().database().open();
  }

  @Override
  Connection connect() throws SQLException {
    return server().connect();
  }
}

package chat.talk.jdbc;

import org.junit.jupiter.api.BeforeEach;

/** Backups of databases on servers. */
abstract class ServerBackupContract extends BackupContract {
  abstract TestServer server();

  @BeforeEach
  void clean() {
    server().clean();
  }

  @Override
  DatabaseBuilder database() {
    return server().database();
  }
}

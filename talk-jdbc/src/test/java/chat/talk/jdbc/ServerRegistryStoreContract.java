package chat.talk.jdbc;

import chat.talk.RegistryStore;
import chat.talk.testkit.RegistryStoreContract;
import java.util.ArrayDeque;
import java.util.Deque;

/** Registrations in a database on a server, which two registries share. */
abstract class ServerRegistryStoreContract extends RegistryStoreContract {
  private final Deque<Database> databases = new ArrayDeque<>();

  abstract TestServer server();

  @Override
  protected RegistryStore open() {
    server().clean();
    return openAlso();
  }

  @Override
  protected RegistryStore openAlso(RegistryStore opened) {
    return openAlso();
  }

  private RegistryStore openAlso() {
    databases.push(server().database().open());
    return databases.element().registry();
  }

  @Override
  protected void close() {
    databases.forEach(Database::close);
  }
}

package chat.talk.jdbc;

import chat.talk.Registry;
import chat.talk.testkit.RegistryContract;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry in a database on a server. */
abstract class ServerRegistryContract extends RegistryContract {
  private static final int THREADS = 8;

  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

  abstract TestServer server();

  @Override
  protected Registry registry() {
    server().clean();
    return Registry.on(new JdbcRegistryStore(server().pool()), executor);
  }

  @Override
  protected void close() {
    executor.shutdownNow();
  }
}

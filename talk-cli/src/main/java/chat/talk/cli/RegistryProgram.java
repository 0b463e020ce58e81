package chat.talk.cli;

import chat.talk.RegistryStore;
import chat.talk.registry.RegistryServer;
import java.util.concurrent.CountDownLatch;

/** A registry that runs until a signal ends it. */
final class RegistryProgram {
  private RegistryProgram() {}

  static int run(RegistryCommand options) throws InterruptedException {
    try (Exit exit = Exit.ready()) {
      RegistryStore store = open(options.database, exit);
      RegistryServer server = exit.opening(() -> start(options, store));
      System.out.println("registry at " + server.url());
      System.out.flush();
      new CountDownLatch(1).await();
      return ExitCode.OK;
    }
  }

  private static RegistryStore open(DatabaseOptions database, Exit exit) {
    return database.areGiven() ? exit.opening(database::open).registry() : RegistryStore.inMemory();
  }

  private static RegistryServer start(RegistryCommand options, RegistryStore store) {
    RegistryServer.Builder server =
        RegistryServer.builder()
            .listenOn(options.host, options.port)
            .store(store)
            .checkEvery(options.checkInterval)
            .checkTimeout(options.checkTimeout)
            .allowHosts(options.allowedHosts.toArray(String[]::new));
    if (options.tls.areGiven()) {
      server.tls(options.tls.certificate(), options.tls.key());
    }
    if (options.trust != null) {
      server.trust(TlsOptions.readable("--trust", options.trust));
    }
    return server.start();
  }
}

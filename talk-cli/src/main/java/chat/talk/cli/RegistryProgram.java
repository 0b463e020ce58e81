package chat.talk.cli;

import chat.talk.registry.RegistryServer;
import java.util.concurrent.CountDownLatch;

/** A registry that runs until a signal ends it. */
final class RegistryProgram {
  private RegistryProgram() {}

  static int run(RegistryCommand options) throws InterruptedException {
    try (Exit exit = Exit.ready()) {
      RegistryServer server = exit.opening(() -> start(options));
      System.out.println("registry at " + server.url());
      System.out.flush();
      new CountDownLatch(1).await();
      return ExitCode.OK;
    }
  }

  private static RegistryServer start(RegistryCommand options) {
    RegistryServer.Builder server =
        RegistryServer.builder()
            .listenOn(options.host, options.port)
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

package chat.talk.cli;

import chat.talk.UserName;
import chat.talk.http.HttpServer;
import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.room.BlobStore;
import java.util.concurrent.CountDownLatch;

/** A hub that runs until a signal ends it. */
final class HubProgram {
  private HubProgram() {}

  static int run(HubCommand options) throws InterruptedException {
    try (Exit exit = Exit.readyForSignals()) {
      HttpServer.Builder http = HubWiring.http(options);
      Database database = exit.opening(() -> HubWiring.database(options));
      BlobStore files = exit.opening(() -> HubWiring.files(options));
      HubServer server =
          exit.opening(
              () -> start(options, HubWiring.engine(options, database.storage(), files), http));
      greet(options, server);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    }
  }

  /** The administrators have their names before the first stranger comes. */
  private static HubServer start(HubCommand options, HubEngine hub, HttpServer.Builder http) {
    try {
      options.administrators.forEach(name -> settle(options, hub, name));
    } catch (RuntimeException e) {
      hub.close();
      throw e;
    }
    return HubServer.start(hub, http, HubWiring.metrics(options));
  }

  private static void settle(HubCommand options, HubEngine hub, UserName name) {
    if (!Administrators.in(options.data).settle(hub, name)) {
      System.err.println(
          "talk: administrator " + name + " is a user who was there before, with his own token");
    }
  }

  private static void greet(HubCommand options, HubServer server) {
    String url = server.url(options.tls.areGiven() ? "HTTPS" : "HTTP");
    System.out.println("hub at " + url);
    System.out.println("what it keeps is in " + options.data.toAbsolutePath().normalize());
    System.out.println("to join: " + Called.NAME + " join " + url + " --name NAME");
    if (!options.administrators.isEmpty()) {
      String admin = Called.NAME + " admin " + url + " --data " + options.data + " connections";
      System.out.println("to administer: " + admin);
    }
    server.metricsUrl().ifPresent(metrics -> System.out.println("metrics at " + metrics));
    System.out.flush();
  }
}

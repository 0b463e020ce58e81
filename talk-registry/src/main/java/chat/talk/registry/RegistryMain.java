package chat.talk.registry;

import chat.talk.ChatException;
import java.util.concurrent.CountDownLatch;

/**
 * The registry as a program of its own, for where the program {@code talk} is too much: {@code
 * HOST} and {@code PORT} out of the environment say where it listens, {@code 127.0.0.1:8070} unless
 * set. Ends with 5 when it cannot listen there, and with 2 when the port is none.
 */
public final class RegistryMain {
  private static final String DEFAULT_PORT = "8070";

  private RegistryMain() {}

  /**
   * Runs the registry until the process is told to end.
   *
   * @param args none
   * @throws InterruptedException when the main thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
    String port = System.getenv().getOrDefault("PORT", DEFAULT_PORT);
    try {
      RegistryServer server =
          RegistryServer.builder().listenOn(host, Integer.parseInt(port)).start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      System.out.println("The registry is at " + server.url());
      new CountDownLatch(1).await();
    } catch (NumberFormatException e) {
      exit(2, "PORT is no number: " + port);
    } catch (ChatException e) {
      exit(e.code() == ChatException.Code.CANNOT_LISTEN ? 5 : 2, e.getMessage());
    }
  }

  private static void exit(int status, String message) {
    System.err.println(message);
    System.exit(status);
  }
}

package chat.talk.jdbc;

import chat.talk.hub.HubEngine;
import chat.talk.room.HubStorage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A program to be killed: a hub on a database, at a port of this machine which it prints. Ends with
 * its standard input.
 */
final class CrashingHub {
  private CrashingHub() {}

  /** URL, user, password, and whether it answers before it has stored. */
  public static void main(String[] args) throws IOException {
    endWithParent();
    Database database = new Target(args[0], args[1], args[2]).open();
    boolean late = Boolean.parseBoolean(args[3]);
    HubStorage storage = late ? new LateStorage(database.storage()) : database.storage();
    HubPort port = new HubPort(HubEngine.builder(storage).open());
    System.out.println(port.number());
    port.serve();
  }

  private static void endWithParent() {
    Thread thread =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // The parent is gone as well.
              }
              Runtime.getRuntime().halt(1);
            },
            "parent");
    thread.setDaemon(true);
    thread.start();
  }
}

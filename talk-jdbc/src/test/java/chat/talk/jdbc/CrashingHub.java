package chat.talk.jdbc;

import chat.talk.http.HttpServer;
import chat.talk.http.HubApi;
import chat.talk.hub.HubEngine;
import chat.talk.room.HubStorage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A program to be killed: serves a hub on a database, at a port of this machine which it prints.
 * Ends with its standard input.
 */
final class CrashingHub {
  private CrashingHub() {}

  /** URL, user, password, and whether it answers before it has stored. */
  public static void main(String[] args) {
    Database database = new Target(args[0], args[1], args[2]).open();
    boolean late = Boolean.parseBoolean(args[3]);
    HubStorage storage = late ? new LateStorage(database.storage()) : database.storage();
    HubEngine hub = HubEngine.builder(storage).open();
    System.out.println(HubApi.serve(hub, HttpServer.builder()).start().port());
    endWithParent();
  }

  private static void endWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The parent is gone as well.
    }
    Runtime.getRuntime().halt(1);
  }
}

package chat.talk.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import chat.talk.http.HttpServer;
import chat.talk.http.HubApi;
import chat.talk.hub.HubEngine;
import chat.talk.room.HubStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * A program to be killed: serves a hub on a database, at a port of this machine which it prints.
 * Each line that it reads is where the next commit is to stand still; it prints one once it does.
 * Ends with its standard input.
 */
final class CrashingHub {
  private CrashingHub() {}

  /** URL, user, password, and whether it answers before it has stored. */
  public static void main(String[] args) {
    Database database = new Target(args[0], args[1], args[2]).open();
    boolean late = Boolean.parseBoolean(args[3]);
    HubStorage kept = late ? new LateStorage(database.storage()) : database.storage();
    StandingStorage storage = new StandingStorage(kept, () -> System.out.println("stands"));
    HubEngine hub = HubEngine.builder(storage).open();
    System.out.println(HubApi.serve(hub, HttpServer.builder()).start().port());
    obeyUntilTheParentEnds(storage);
  }

  private static void obeyUntilTheParentEnds(StandingStorage storage) {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        storage.standAt(StandingStorage.Place.valueOf(line));
      }
    } catch (IOException e) {
      // The parent is gone as well.
    }
    Runtime.getRuntime().halt(1);
  }
}

package chat.talk.bench;

import chat.talk.http.HttpServer;
import chat.talk.http.HubApi;
import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.room.Hub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process of a server under load; tells its port, and its heap as often as it is asked. */
final class NetServer {
  private static final int CONNECTIONS = 30_000;

  private NetServer() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "talk" -> serveTalk(Path.of(args[1]));
      case "netty" -> serveNetty();
      case "socketio" -> serveSocketIo();
      default -> throw new IllegalArgumentException("no server " + args[0]);
    }
  }

  private static void serveTalk(Path folder) throws IOException {
    try (Database database = Database.open(folder.resolve("talk.db").toString());
        Hub hub = HubEngine.builder(database.storage()).open();
        HttpServer server =
            HubApi.serve(hub, HttpServer.builder()).maxConnections(CONNECTIONS).start()) {
      answer(server.port());
    }
  }

  private static void serveNetty() throws Exception {
    try (BareNetty server = BareNetty.start()) {
      answer(server.port());
    }
  }

  private static void serveSocketIo() throws IOException {
    try (SocketIoServer server = SocketIoServer.start()) {
      answer(server.port());
    }
  }

  private static void answer(int port) throws IOException {
    System.out.println("port " + port);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      long used = Heap.used();
      Heap.trim();
      System.out.println("heap " + used);
    }
  }
}

package chat.talk.bench;

import chat.talk.http.HttpServer;
import chat.talk.http.HubApi;
import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.jdbc.FolderBlobStore;
import chat.talk.room.Hub;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A hub that keeps all in a folder; tells its port, and the most heap it has used when asked. */
final class LargeServer {
  private static final long ROOM = 8L << 30;

  private LargeServer() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    try (Database database = Database.open(folder.resolve("talk.db").toString());
        FolderBlobStore files = FolderBlobStore.open(folder.resolve("files"), ROOM);
        Hub hub = HubEngine.builder(database.storage()).blobs(files).open();
        HttpServer server = HubApi.serve(hub, HttpServer.builder()).start()) {
      System.out.println("port " + server.port());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (in.readLine() != null) {
        System.out.println("heap " + peakHeap());
      }
    }
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}

package chat.talk.bench;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import java.io.IOException;

/** Rooms in netty-socketio: who joins one gets what is said in it. */
final class SocketIoServer implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final SocketIOServer server;
  private final int port;

  /** What a client says, as JSON. */
  public record Said(String room, String text) {}

  private SocketIoServer() throws IOException {
    Configuration configuration = configuration();
    port = configuration.getPort();
    server = new SocketIOServer(configuration);
    server.addEventListener("join", String.class, (client, room, ack) -> join(client, room));
    server.addEventListener("say", Said.class, (client, said, ack) -> say(said));
    server.start();
  }

  static SocketIoServer start() throws IOException {
    return new SocketIoServer();
  }

  /** As fast as it can be had: one thread for one core, epoll, nothing compressed. */
  private static Configuration configuration() throws IOException {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(Programs.freePort());
    configuration.setBossThreads(1);
    configuration.setWorkerThreads(1);
    configuration.setUseLinuxNativeEpoll(true);
    configuration.setTransports(Transport.WEBSOCKET);
    configuration.setWebsocketCompression(false);
    configuration.getSocketConfig().setTcpNoDelay(true);
    configuration.getSocketConfig().setAcceptBackLog(BACKLOG);
    return configuration;
  }

  private static void join(SocketIOClient client, String room) {
    client.joinRoom(room);
    client.sendEvent("joined");
  }

  private void say(Said said) {
    server.getRoomOperations(said.room()).sendEvent("said", said.text());
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    server.stop();
  }
}

package chat.talk.testkit;

import chat.talk.testkit.TroubledProxy.Ending;
import chat.talk.testkit.TroubledProxy.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/** A client's connection to a {@link TroubledProxy}, and the proxy's one to the server for it. */
final class TroubledLink {
  private static final int BUFFER = 16 * 1024;

  private final TroubledProxy proxy;
  private final Socket client;
  private final Socket server = new Socket();

  /** Whose bytes are dropped. Guarded by the proxy's lock, as what follows. */
  private final Set<Side> dropped = EnumSet.noneOf(Side.class);

  /** From whom nothing more comes. */
  private final Set<Side> ended = EnumSet.noneOf(Side.class);

  /** Who is connected though the other side is not. */
  private @Nullable Side lone;

  private boolean isServed;
  private boolean isCut;

  TroubledLink(TroubledProxy proxy, Socket client, boolean swallow) {
    this.proxy = proxy;
    this.client = client;
    if (swallow) {
      lone = Side.CLIENT;
      dropped.add(Side.CLIENT);
      ended.add(Side.SERVER);
      isServed = true;
    }
  }

  /** Until the client's direction ends. */
  void serve() {
    try {
      client.setTcpNoDelay(true);
      if (!isHalfOpen()) {
        connect();
      }
    } catch (IOException e) {
      cut(Ending.RESET);
    }
    pump(Side.CLIENT);
  }

  private void connect() throws IOException {
    server.setTcpNoDelay(true);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server.connect(new InetSocketAddress(loopback, proxy.serverPort()));
    synchronized (proxy.lock()) {
      isServed = true;
      proxy.lock().notifyAll();
    }
    proxy.start("server", () -> pump(Side.SERVER));
  }

  boolean isOpen() {
    synchronized (proxy.lock()) {
      return isServed && !isCut;
    }
  }

  boolean isHalfOpen() {
    synchronized (proxy.lock()) {
      return lone != null && !isCut;
    }
  }

  private boolean drops(Side from) {
    synchronized (proxy.lock()) {
      return dropped.contains(from);
    }
  }

  private Socket socket(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  void cut(Ending how) {
    synchronized (proxy.lock()) {
      isCut = true;
      dropped.addAll(EnumSet.allOf(Side.class));
      proxy.lock().notifyAll();
    }
    for (Side side : Side.values()) {
      if (how == Ending.RESET) {
        reset(side);
      } else {
        endStreamTo(side);
      }
    }
    if (how == Ending.RESET) {
      proxy.ended(this);
    }
  }

  void halfClose(Side from) {
    drop(EnumSet.of(from), null);
    endStreamTo(from.other());
  }

  void drop(Side side) {
    drop(EnumSet.allOf(Side.class), side.other());
    reset(side);
  }

  private void drop(Set<Side> sides, @Nullable Side remaining) {
    synchronized (proxy.lock()) {
      dropped.addAll(sides);
      if (remaining != null) {
        lone = remaining;
      }
      proxy.lock().notifyAll();
    }
  }

  private void reset(Side side) {
    try {
      Socket socket = socket(side);
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      // Then it is closed already.
    }
  }

  private void endStreamTo(Side side) {
    try {
      socket(side).shutdownOutput();
    } catch (IOException e) {
      // Then it has ended already.
    }
  }

  private void pump(Side from) {
    try {
      copy(from);
      if (!drops(from)) {
        proxy.flow(from).awaitGo(() -> drops(from));
      }
      if (!drops(from)) {
        endStreamTo(from.other());
      }
    } catch (IOException e) {
      broken();
    }
    end(from);
  }

  private void copy(Side from) throws IOException {
    InputStream in = socket(from).getInputStream();
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (!drops(from)) {
        proxy.flow(from).awaitDelay(() -> drops(from));
        int more = Math.min(in.available(), BUFFER - count);
        pass(from, buffer, count + Math.max(0, in.read(buffer, count, more)));
      }
    }
  }

  private void pass(Side from, byte[] buffer, int count) throws IOException {
    OutputStream out = socket(from.other()).getOutputStream();
    TroubledFlow flow = proxy.flow(from);
    int at = 0;
    while (at < count) {
      TroubledFlow.Admitted now = flow.admit(count - at, () -> drops(from));
      if (now.bytes() == 0) {
        return;
      }
      out.write(buffer, at, now.bytes());
      at += now.bytes();
      flow.passed(now.bytes());
      if (now.cut() != null) {
        cut(now.cut());
      }
      flow.awaitThrottle(now.bytes(), () -> drops(from));
    }
  }

  /** One side has broken off: so does the other, unless it shall not know. */
  private void broken() {
    synchronized (proxy.lock()) {
      if (lone != null || isCut) {
        return;
      }
    }
    cut(Ending.RESET);
  }

  /** The last one closes both. */
  private void end(Side from) {
    boolean isLast;
    synchronized (proxy.lock()) {
      ended.add(from);
      isLast = ended.size() == Side.values().length || from == lone;
      isCut = isCut || isLast;
      proxy.lock().notifyAll();
    }
    if (isLast) {
      close(client);
      close(server);
      proxy.ended(this);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}

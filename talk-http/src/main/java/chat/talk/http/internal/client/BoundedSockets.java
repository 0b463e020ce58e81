package chat.talk.http.internal.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Makes sockets that read only so much between two signs of life: OkHttp would gather a WebSocket
 * message of any size in memory.
 */
final class BoundedSockets extends SocketFactory {
  private final long limit;
  private final AtomicLong left;
  private volatile boolean connected;

  BoundedSockets(long limit) {
    this.limit = limit;
    this.left = new AtomicLong(limit);
  }

  /** A message has been read to its end. */
  void reset() {
    left.set(limit);
  }

  /** Whether any has ever been connected. */
  boolean hasConnected() {
    return connected;
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress address, int timeout) throws IOException {
        super.connect(address, timeout);
        connected = true;
      }

      @Override
      public InputStream getInputStream() throws IOException {
        return new Bounded(super.getInputStream());
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw unconnectedOnly();
  }

  private static UnsupportedOperationException unconnectedOnly() {
    return new UnsupportedOperationException("OkHttp connects its sockets itself");
  }

  private final class Bounded extends FilterInputStream {
    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      spend(1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      spend(read);
      return read;
    }

    private void spend(int read) throws IOException {
      if (read > 0 && left.addAndGet(-read) < 0) {
        throw new ProtocolException("more than " + limit + " bytes");
      }
    }
  }
}

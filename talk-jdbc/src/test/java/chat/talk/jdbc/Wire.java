package chat.talk.jdbc;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * One end of a connection over which two processes tell each other records. Says once that it has
 * broken, also after {@link #close()}.
 */
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final Consumer<Object> heard;
  private final Runnable broken;
  private final BlockingQueue<Supplier<? extends @Nullable Object>> waiting =
      new LinkedBlockingQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /** Nothing is heard before {@link #start()}. */
  Wire(Socket socket, Consumer<Object> heard, Runnable broken) {
    this.socket = socket;
    this.heard = heard;
    this.broken = broken;
  }

  void start() {
    run("wire-read", this::read);
    run("wire-write", this::write);
  }

  private void run(String name, Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                // The other end has gone, which is told below.
              } finally {
                close();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  void tell(Object value) {
    tellLater(() -> value);
  }

  /** Tells what is found when its turn comes; nothing, when that is null. */
  void tellLater(Supplier<? extends @Nullable Object> value) {
    waiting.add(value);
  }

  private void read() throws IOException {
    WireReader reader =
        new WireReader(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
    while (!over.get()) {
      Object value = reader.read();
      if (value == null) {
        throw new EOFException();
      }
      heard.accept(value);
    }
  }

  private void write() throws IOException {
    WireWriter writer =
        new WireWriter(new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
    while (!over.get()) {
      Supplier<? extends @Nullable Object> next = waiting.poll();
      if (next == null) {
        writer.flush();
        next = take();
      }
      Object value = next.get();
      if (value != null) {
        writer.write(value);
      }
    }
  }

  private Supplier<? extends @Nullable Object> take() {
    try {
      return waiting.take();
    } catch (InterruptedException e) {
      return Wire::nothing;
    }
  }

  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      waiting.add(Wire::nothing);
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no more use either way.
      }
      broken.run();
    }
  }

  private static @Nullable Object nothing() {
    return null;
  }

  private interface Step {
    void run() throws IOException;
  }
}

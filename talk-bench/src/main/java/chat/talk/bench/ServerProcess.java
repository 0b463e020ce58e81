package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server under load, in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final int TICKS_PER_SECOND = 100;

  private final Contender contender;
  private final ChildProcess child;
  private final int port;
  private final boolean tellsHeap;

  private ServerProcess(Contender contender, ChildProcess child, int port, boolean tellsHeap) {
    this.contender = contender;
    this.child = child;
    this.port = port;
    this.tellsHeap = tellsHeap;
  }

  /**
   * Starts {@link NetServer} on the first core.
   *
   * @param folder where it may keep its data
   */
  static ServerProcess java(Contender contender, Path folder, List<String> jvmOptions)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    options.addAll(jvmOptions);
    ChildProcess child =
        ChildProcess.start(
            Cores.pinned(0), NetServer.class, options, contender.name(), folder.toString());
    return new ServerProcess(contender, child, (int) read(child, "port "), true);
  }

  /**
   * Starts some other program on the first core, and waits until it takes connections.
   *
   * @param port of 127.0.0.1, where it is going to listen
   */
  static ServerProcess program(Contender contender, List<String> command, int port)
      throws IOException, InterruptedException {
    List<String> pinned = new ArrayList<>(Cores.pinned(0));
    pinned.addAll(command);
    ChildProcess child = ChildProcess.start(pinned);
    try {
      child.awaitPort(port);
    } catch (IOException | InterruptedException e) {
      child.close();
      throw e;
    }
    return new ServerProcess(contender, child, port, false);
  }

  Contender contender() {
    return contender;
  }

  int port() {
    return port;
  }

  /** Bytes of heap in use, after as much collecting as it takes; 0 when it isn't in Java. */
  long heap() throws IOException {
    if (!tellsHeap) {
      return 0;
    }
    child.writeLine("heap");
    return read(child, "heap ");
  }

  /** The JVM may say something as well, such as that it records. */
  private static long read(ChildProcess child, String name) throws IOException {
    String line = child.readLine();
    while (!line.startsWith(name)) {
      line = child.readLine();
    }
    return Long.parseLong(line.substring(name.length()));
  }

  /** Bytes of memory that the process takes up. */
  long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + child.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("the process has ended");
  }

  /** Seconds for which it has kept a core busy. */
  double busySeconds() throws IOException {
    String line = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
  }

  @Override
  public void close() throws InterruptedException {
    child.close();
    child.await();
  }
}

package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server under load, in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final int TICKS_PER_SECOND = 100;

  private final ChildProcess child;
  private final int port;
  private final Wire wire;

  private ServerProcess(ChildProcess child, Wire wire) throws IOException {
    this.child = child;
    this.wire = wire;
    this.port = (int) read("port ");
  }

  /**
   * Starts one on the first core.
   *
   * @param folder where it may keep its data
   */
  static ServerProcess start(Wire wire, Path folder, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("-Xmx1g"));
    all.addAll(List.of(options));
    ChildProcess child =
        ChildProcess.start(Cores.pinned(0), NetServer.class, all, wire.name(), folder.toString());
    return new ServerProcess(child, wire);
  }

  Wire wire() {
    return wire;
  }

  int port() {
    return port;
  }

  /** Bytes of heap in use, after as much collecting as it takes. */
  long heap() throws IOException {
    child.writeLine("heap");
    return read("heap ");
  }

  /** The JVM may say something as well, such as that it records. */
  private long read(String name) throws IOException {
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

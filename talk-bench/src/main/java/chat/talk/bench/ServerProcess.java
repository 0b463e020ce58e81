package chat.talk.bench;

import chat.talk.bench.Leftovers.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** A server under load, in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private final Contender contender;
  private final int port;
  private final long pid;
  private final AutoCloseable ended;

  /** Null when its heap can't be asked for. */
  private final @Nullable ChildProcess heapTeller;

  private ServerProcess(
      Contender contender,
      int port,
      long pid,
      AutoCloseable ended,
      @Nullable ChildProcess heapTeller) {
    this.contender = contender;
    this.port = port;
    this.pid = pid;
    this.ended = ended;
    this.heapTeller = heapTeller;
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
    Leftover<ChildProcess> child = start(command(contender, folder, options));
    try {
      int port = (int) read(child.value(), "port ");
      return new ServerProcess(contender, port, child.value().pid(), child, child.value());
    } catch (IOException e) {
      throw ended(child, e);
    }
  }

  /** So that nobody writes into its folder any more when that goes. */
  private static <E extends Exception> E ended(Leftover<ChildProcess> child, E failure) {
    try {
      child.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private static List<String> command(Contender contender, Path folder, List<String> options) {
    return ChildProcess.command(
        Cores.pinned(0), NetServer.class, options, contender.name(), folder.toString());
  }

  private static Leftover<ChildProcess> start(List<String> command) throws IOException {
    return Leftovers.make(() -> ChildProcess.start(command), ChildProcess::end);
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
    Leftover<ChildProcess> child = start(pinned);
    try {
      child.value().awaitPort(port);
    } catch (IOException e) {
      throw ended(child, e);
    } catch (InterruptedException e) {
      throw ended(child, e);
    }
    return new ServerProcess(contender, port, child.value().pid(), child, null);
  }

  /**
   * One that runs in this process, whose figures are also those of the load.
   *
   * @param ended closed when it is to end
   */
  static ServerProcess here(Contender contender, int port, AutoCloseable ended) throws IOException {
    long pid = ProcessHandle.current().pid();
    Leftover<AutoCloseable> end = Leftovers.make(() -> ended, AutoCloseable::close);
    return new ServerProcess(contender, port, pid, end, null);
  }

  Contender contender() {
    return contender;
  }

  int port() {
    return port;
  }

  /** Whether it is in Java, and says how much of its heap is in use. */
  boolean tellsHeap() {
    return heapTeller != null;
  }

  /** Bytes of heap in use, after as much collecting as it takes; 0 where that can't be asked. */
  long heap() throws IOException {
    if (heapTeller == null) {
      return 0;
    }
    heapTeller.writeLine("heap");
    return read(heapTeller, "heap ");
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
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("the process has ended");
  }

  CpuTime cpuTime() throws IOException {
    return CpuTime.of(pid);
  }

  /** Waits until it has next to nothing to do, for some seconds at most. */
  void awaitRest() throws IOException, InterruptedException {
    CpuTime before = cpuTime();
    for (int i = 0; i < 25; i++) {
      Thread.sleep(200);
      CpuTime now = cpuTime();
      if (now.since(before) < 0.03) {
        return;
      }
      before = now;
    }
  }

  @Override
  public void close() throws Exception {
    ended.close();
  }
}

package chat.talk.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** A server that is measured where the distribution's program is installed. */
abstract class ProgramContender extends NamedContender {
  private final String program;

  ProgramContender(String name, String title, String program) {
    super(name, title);
    this.program = program;
  }

  @Override
  public final @Nullable String obstacle() {
    return Programs.find(program).isPresent() ? null : program + " is not installed";
  }

  @Override
  public final boolean isCompiledAtFirst() {
    return true;
  }

  @Override
  public final ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
    Path found = Programs.find(program).orElseThrow(() -> new IOException(obstacle()));
    int port = Programs.freePort();
    try {
      return ServerProcess.program(this, command(found.toString(), folder, port), port);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /**
   * What starts it, in the foreground, at this port of 127.0.0.1.
   *
   * @param folder for files that it needs
   */
  abstract List<String> command(String program, Path folder, int port) throws IOException;
}

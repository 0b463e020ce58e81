package chat.talk.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * A broadcast in C that does as little as can be, spoken to as {@link BareNetty}; compiled where it
 * is measured.
 */
final class LimitContender extends NamedContender implements BroadcastContender {
  private static final String MAIN = "limit.c";
  private static final List<String> SOURCES = List.of(MAIN, "rooms.h", "handshake.h");
  private static final long PATIENCE_SECONDS = 60;

  LimitContender() {
    super("limit", "the limit (C)");
  }

  @Override
  public @Nullable String obstacle() {
    return compiler().isPresent() ? null : "no C compiler (gcc or cc) is installed";
  }

  @Override
  public boolean isCompiledAtFirst() {
    return true;
  }

  private static Optional<Path> compiler() {
    return Stream.of("gcc", "cc").flatMap(name -> Programs.find(name).stream()).findFirst();
  }

  @Override
  public ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
    try {
      String program = compile(folder).toString();
      int port = Programs.freePort();
      return ServerProcess.program(this, List.of(program, String.valueOf(port)), port);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Makes the program in a folder; what the compiler has to say goes to standard error. */
  private Path compile(Path folder) throws IOException, InterruptedException {
    for (String source : SOURCES) {
      copy(source, folder);
    }
    Path compiler = compiler().orElseThrow(() -> new IOException(obstacle()));
    Path program = folder.resolve(name());
    run(List.of(compiler.toString(), "-O3", "-o", program.toString(), "" + folder.resolve(MAIN)));
    return program;
  }

  private static void copy(String source, Path folder) throws IOException {
    try (InputStream in = LimitContender.class.getResourceAsStream("/c/" + source)) {
      Files.copy(in, folder.resolve(source));
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!hasEnded || process.exitValue() != 0) {
        throw new IOException(MAIN + " does not compile");
      }
    } finally {
      process.destroyForcibly();
    }
  }
}

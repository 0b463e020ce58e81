package chat.talk.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "registry",
    description = "Run a registry: it knows where everybody lives, and forgets who is gone.",
    versionProvider = Version.class,
    sortOptions = false)
final class RegistryCommand implements Callable<Integer> {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8070",
      converter = PortConverter.class,
      description = "The port, 0 for any (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--check-interval",
      defaultValue = "2m",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How often users are asked for their health (default: ${DEFAULT-VALUE}).")
  Duration checkInterval;

  @Option(
      names = "--check-timeout",
      defaultValue = "2s",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long an answer may take (default: ${DEFAULT-VALUE}).")
  Duration checkTimeout;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Trust these certificates (PEM) of users, besides the JDK's.")
  @Nullable
  Path trust;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "Answer to this host name, too: for a proxy in front. May be repeated.")
  List<String> allowedHosts = List.of();

  @Mixin DatabaseOptions database;
  @Mixin TlsOptions tls;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws InterruptedException {
    return RegistryProgram.run(this);
  }
}

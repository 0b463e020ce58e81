package chat.talk.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command understands. */
@Command
final class CommonOptions {
  private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
  private static final String NETWORK_LEVEL = "org.slf4j.simpleLogger.log.io.netty";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  /** Takes effect because no logger is made before the options are read. */
  @Option(
      names = {"-v", "--verbose"},
      description = "Log to stderr what goes on; twice for more.")
  void verbose(boolean[] given) {
    System.setProperty(LEVEL, given.length > 1 ? "debug" : "info");
    System.setProperty(NETWORK_LEVEL, "info");
  }
}

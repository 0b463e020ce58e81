package chat.talk.cli;

import chat.talk.UserName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "hub",
    description = {
      "Run a hub: chats for many, with history, until Ctrl-C or SIGTERM.",
      "What it keeps is in one folder; with --db, all but files and the administrators' tokens is"
          + " in the database."
    },
    versionProvider = Version.class,
    sortOptions = false)
final class HubCommand implements Callable<Integer> {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "${env:HOST:-127.0.0.1}",
      description = "Where to listen; also $$HOST (default: ${DEFAULT-VALUE}).")
  String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:PORT:-8000}",
      converter = PortConverter.class,
      description = "The port, 0 for any; also $$PORT (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:TALK_DATA:-talk-data}",
      description = {
        "The folder for all that is kept, made when it is missing; also $$TALK_DATA",
        "(default: ${DEFAULT-VALUE}, in the folder that the hub is started in)."
      })
  Path data;

  @Option(
      names = "--last-messages",
      paramLabel = "N",
      defaultValue = "${env:COUNT_LAST_MESSAGE:-20}",
      description = {
        "How many messages of the general chat a newcomer gets; also $$COUNT_LAST_MESSAGE",
        "(default: ${DEFAULT-VALUE})."
      })
  int lastMessages;

  @Option(
      names = "--general-limit",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "20",
      description = "Let each user say N things an hour in the general chat (20 without an N).")
  @Nullable
  Integer generalLimit;

  @Option(
      names = "--message-ttl",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = "1h",
      converter = DurationConverter.class,
      description = {
        "Drop messages so long after they were delivered to the last of those they were for",
        "(1h without a TIME)."
      })
  @Nullable
  Duration messageTtl;

  @Option(
      names = "--max-message-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "The most characters of a message's text: 500, 20k, 1m (default: no bound).")
  @Nullable
  Long maxMessageSize;

  @Option(
      names = "--max-file-size",
      paramLabel = "SIZE",
      defaultValue = "5m",
      converter = SizeConverter.class,
      description = "The most bytes of a file (default: ${DEFAULT-VALUE}).")
  long maxFileSize;

  @Option(
      names = "--file-space",
      paramLabel = "SIZE",
      defaultValue = "10g",
      converter = SizeConverter.class,
      description = "The most bytes of all files and long texts (default: ${DEFAULT-VALUE}).")
  long fileSpace;

  @Option(
      names = "--reports",
      paramLabel = "N",
      defaultValue = "3",
      description = "Ban whom N users have reported, 0 for never (default: ${DEFAULT-VALUE}).")
  int reports;

  @Option(
      names = "--ban-window",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "Within which time they have (default: ${DEFAULT-VALUE}).")
  Duration banWindow;

  @Option(
      names = "--ban-for",
      paramLabel = "TIME",
      defaultValue = "4h",
      converter = DurationConverter.class,
      description = "For how long (default: ${DEFAULT-VALUE}).")
  Duration banFor;

  @Option(
      names = "--admin",
      paramLabel = "NAME",
      arity = "1..*",
      converter = PeerCommand.NameConverter.class,
      description = {
        "Who may ban, read the audit log and close connections. Takes the name before anybody else",
        "can; '${ROOT-COMMAND-NAME} admin' finds its token in the folder. May be repeated."
      })
  List<UserName> administrators = List.of();

  @Option(
      names = "--presence",
      description = "Tell everybody in the general chat who comes and goes.")
  boolean presence;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "Answer to this host name, too: for a proxy in front. May be repeated.")
  List<String> allowedHosts = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description = {
        "Let pages of this origin use the hub, such as https://chat.example; * for any.",
        "May be repeated."
      })
  List<String> allowedOrigins = List.of();

  @Option(
      names = "--trust-proxy",
      paramLabel = "ADDRESS",
      description = {
        "Believe what a proxy at this address, or in this network (10.0.0.0/8), says about its",
        "clients. May be repeated."
      })
  List<String> trustedProxies = List.of();

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      description = "The most connections at a time from one address.")
  @Nullable
  Integer maxConnectionsPerAddress;

  @Option(
      names = "--diagnostics",
      description = "Serve WebSockets at /v1/echo that send each message back.")
  boolean diagnostics;

  /** Takes effect because no logger is made before the options are read. */
  @Option(names = "--access-log", description = "Log a line for each request to stderr.")
  void accessLog(boolean given) {
    System.setProperty("org.slf4j.simpleLogger.log.chat.talk.http.access", "info");
  }

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = {
        "Serve /metrics on a port of its own, to whoever reaches that (default: on the hub's port,",
        "to this machine only)."
      })
  @Nullable
  Integer metricsPort;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "The most connections at a time.")
  @Nullable
  Integer maxConnections;

  @Mixin DatabaseOptions database;
  @Mixin TlsOptions tls;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws InterruptedException {
    return HubProgram.run(this);
  }
}

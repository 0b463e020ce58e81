package chat.talk.cli;

import chat.talk.UserName;
import chat.talk.http.HttpServer;
import chat.talk.http.HttpSettings;
import chat.talk.hub.BanPolicy;
import chat.talk.hub.HubBuilder;
import chat.talk.hub.HubEngine;
import chat.talk.hub.LimitPolicy;
import chat.talk.jdbc.Database;
import chat.talk.jdbc.FolderBlobStore;
import chat.talk.room.BlobStore;
import chat.talk.room.HubStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jetbrains.annotations.Nullable;

/** What a hub is made of, out of the options of {@code talk hub}. */
final class HubWiring {
  private static final Duration HOUR = Duration.ofHours(1);

  /** What a message may have without an upload, unless less is asked for. */
  private static final long MAX_INLINE = 1 << 20;

  private HubWiring() {}

  /** Opens the folder of files. */
  static FolderBlobStore files(HubCommand options) {
    return FolderBlobStore.open(options.data.resolve("files"), options.fileSpace);
  }

  /** Opens the database that was asked for, or the one in the folder. */
  static Database database(HubCommand options) {
    makeFolder(options.data);
    return options.database.areGiven()
        ? options.database.open()
        : DatabaseOptions.open(options.data.resolve("talk.db"));
  }

  private static void makeFolder(Path data) {
    try {
      SecretFile.makePrivateFolder(data);
    } catch (IOException e) {
      String problem = "cannot make the folder " + data + " (--data says which): ";
      throw new Failure(ExitCode.FAILED, problem + Printable.reason(e), e);
    }
  }

  static HubEngine engine(HubCommand options, HubStorage storage, BlobStore files) {
    HubBuilder hub =
        HubEngine.builder(storage)
            .blobs(files)
            .maxFileSize(options.maxFileSize)
            .lastMessages(options.lastMessages)
            .bans(bans(options))
            .administrators(options.administrators.stream().distinct().toArray(UserName[]::new));
    if (options.maxMessageSize != null) {
      hub.maxBodySize(options.maxMessageSize);
      hub.maxMessageSize((int) Math.min(options.maxMessageSize, MAX_INLINE));
    }
    if (options.generalLimit != null) {
      hub.generalLimit(LimitPolicy.of(options.generalLimit, HOUR));
    }
    if (options.messageTtl != null) {
      hub.messageTtl(options.messageTtl);
    }
    if (options.presence) {
      hub.presenceInGeneral();
    }
    return hub.open();
  }

  private static BanPolicy bans(HubCommand options) {
    return options.reports == 0
        ? BanPolicy.NEVER
        : BanPolicy.after(options.reports, options.banWindow, options.banFor);
  }

  /** What serves the metrics to everybody; null when they aren't to be. */
  static HttpServer.@Nullable Builder metrics(HubCommand options) {
    return options.metricsPort == null
        ? null
        : HttpServer.builder()
            .listenOn(options.host, options.metricsPort)
            .allowHosts(options.allowedHosts.toArray(String[]::new));
  }

  static HttpServer.Builder http(HubCommand options) {
    HttpServer.Builder http =
        HttpServer.builder()
            .listenOn(options.host, options.port)
            .allowHosts(options.allowedHosts.toArray(String[]::new))
            .allowOrigins(options.allowedOrigins.toArray(String[]::new))
            .trustProxies(options.trustedProxies.toArray(String[]::new));
    if (options.tls.areGiven()) {
      http.tls(options.tls.certificate(), options.tls.key());
    }
    if (options.diagnostics) {
      http.echo("/v1/echo", HttpSettings.DEFAULT_MAX_MESSAGE);
    }
    if (options.maxConnections != null) {
      http.maxConnections(options.maxConnections);
    }
    if (options.maxConnectionsPerAddress != null) {
      http.maxConnectionsPerAddress(options.maxConnectionsPerAddress);
    }
    return http;
  }
}

package chat.talk.http.internal.hub;

import chat.talk.http.HttpServer;
import chat.talk.http.UploadHandler;
import chat.talk.room.Hub;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that the hub's API can be asked for by requests: one table, of which documents are made. */
public final class Routes {
  private Routes() {}

  /**
   * Serves a hub's routes.
   *
   * @param common what all sessions share
   * @param storageFailsSince since when the hub's storage fails, empty while it works
   * @return asked when the server is about to close: completes when nothing that sessions have left
   *     to say waits for who polls
   */
  public static Supplier<CompletableFuture<Void>> serve(
      Hub hub,
      Common common,
      Supplier<Optional<Instant>> storageFailsSince,
      HttpServer.Builder server) {
    Fetches fetches = new Fetches(hub, common);
    for (RestRoute route : all(hub, fetches, storageFailsSince)) {
      UploadHandler upload = route.upload();
      if (upload == null) {
        server.route(route.method(), route.path(), route.maxBody(), new RestHandler(hub, route));
      } else {
        server.upload(route.method(), route.path(), Long.MAX_VALUE, upload);
      }
    }
    return fetches::lastWords;
  }

  static List<RestRoute> all(
      Hub hub, Fetches fetches, Supplier<Optional<Instant>> storageFailsSince) {
    Documents documents = new Documents();
    List<RestRoute> all =
        Stream.of(
                AccountRoutes.all(),
                ChatRoutes.all(),
                EntranceRoutes.all(),
                MessageRoutes.all(),
                FileRoutes.all(hub),
                SessionRoutes.all(fetches),
                AdminRoutes.all(),
                ServiceRoutes.all(storageFailsSince, documents))
            .flatMap(List::stream)
            .toList();
    documents.describe(all);
    return all;
  }
}

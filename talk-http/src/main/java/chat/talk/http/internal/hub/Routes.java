package chat.talk.http.internal.hub;

import chat.talk.http.HttpServer;
import chat.talk.http.UploadHandler;
import chat.talk.room.Hub;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
   */
  public static void serve(
      Hub hub,
      Common common,
      Supplier<Optional<Instant>> storageFailsSince,
      HttpServer.Builder server) {
    for (RestRoute route : all(hub, common, storageFailsSince)) {
      UploadHandler upload = route.upload();
      if (upload == null) {
        server.route(route.method(), route.path(), route.maxBody(), new RestHandler(hub, route));
      } else {
        server.upload(route.method(), route.path(), Long.MAX_VALUE, upload);
      }
    }
  }

  static List<RestRoute> all(
      Hub hub, Common common, Supplier<Optional<Instant>> storageFailsSince) {
    Documents documents = new Documents();
    List<RestRoute> all =
        Stream.of(
                AccountRoutes.all(),
                ChatRoutes.all(),
                EntranceRoutes.all(),
                MessageRoutes.all(),
                FileRoutes.all(hub),
                SessionRoutes.all(new Fetches(hub, common)),
                AdminRoutes.all(),
                ServiceRoutes.all(storageFailsSince, documents))
            .flatMap(List::stream)
            .toList();
    documents.describe(all);
    return all;
  }
}

package chat.talk.http.internal.hub;

import chat.talk.http.HttpServer;
import chat.talk.room.Hub;
import java.util.List;
import java.util.stream.Stream;

/** All that the hub's API can be asked for by single requests. */
public final class Routes {
  private Routes() {}

  /** Serves a hub's routes. */
  public static void serve(Hub hub, HttpServer.Builder server) {
    for (RestRoute route : all()) {
      server.route(route.method(), route.path(), route.maxBody(), new RestHandler(hub, route));
    }
  }

  static List<RestRoute> all() {
    return Stream.of(
            AccountRoutes.all(),
            ChatRoutes.all(),
            EntranceRoutes.all(),
            MessageRoutes.all(),
            AdminRoutes.all())
        .flatMap(List::stream)
        .toList();
  }
}

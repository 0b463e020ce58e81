package chat.talk.jdbc;

import chat.talk.room.HubStorage;

/** A hub over a database on a server. */
abstract class ServerHubContract extends DatabaseHubContract {
  abstract TestServer server();

  @Override
  protected HubStorage storage() {
    return server().emptyStorage();
  }
}

package chat.talk.jdbc;

import chat.talk.hub.EngineOptions;
import chat.talk.room.Hub;
import chat.talk.testkit.HubFileContract;
import chat.talk.testkit.HubOptions;

/** A hub over a database. */
abstract class DatabaseHubContract extends HubFileContract {
  @Override
  protected Hub open(HubOptions options) {
    return EngineOptions.open(options);
  }
}

package chat.talk.hub;

import chat.talk.room.Hub;
import chat.talk.testkit.HubFileContract;
import chat.talk.testkit.HubOptions;

final class HubEngineContractTest extends HubFileContract {
  @Override
  protected Hub open(HubOptions options) {
    return EngineOptions.open(options);
  }
}

package chat.talk.http;

import chat.talk.http.internal.client.Ways;
import chat.talk.room.Hub;
import chat.talk.testkit.HubContract;
import chat.talk.testkit.HubOptions;

/** The hub over requests alone. */
final class HttpHubPollTest extends HubContract {
  @Override
  protected Hub open(HubOptions options) {
    return new ServedHub(EngineOptions.open(options), Ways.POLL);
  }

  @Override
  protected boolean hasNetwork() {
    return true;
  }
}

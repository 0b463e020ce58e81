package chat.talk.http;

import chat.talk.http.internal.client.Ways;
import chat.talk.room.Hub;
import chat.talk.testkit.HubContract;
import chat.talk.testkit.HubOptions;

/** The hub over WebSocket: an engine behind a server, and a client of it. */
final class HttpHubContractTest extends HubContract {
  @Override
  protected Hub open(HubOptions options) {
    return new ServedHub(EngineOptions.open(options), Ways.SOCKET);
  }

  @Override
  protected boolean hasNetwork() {
    return true;
  }
}

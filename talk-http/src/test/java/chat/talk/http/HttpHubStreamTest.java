package chat.talk.http;

import chat.talk.http.internal.client.Ways;
import chat.talk.room.Hub;
import chat.talk.testkit.HubContract;
import chat.talk.testkit.HubOptions;

/** The hub over server-sent events and requests. */
final class HttpHubStreamTest extends HubContract {
  @Override
  protected Hub open(HubOptions options) {
    return new ServedHub(EngineOptions.open(options), Ways.STREAM);
  }

  @Override
  protected boolean hasNetwork() {
    return true;
  }
}

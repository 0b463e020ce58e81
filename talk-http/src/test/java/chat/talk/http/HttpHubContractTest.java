package chat.talk.http;

import chat.talk.http.internal.client.Ways;
import chat.talk.hub.EngineOptions;
import chat.talk.room.Hub;
import chat.talk.testkit.HubFileContract;
import chat.talk.testkit.HubOptions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/**
 * The hub over the network: an engine behind a server, and a client of it. Half of the tests go
 * over WebSockets, a quarter over each of the other ways, always the same; {@code
 * -Dtalk.way=SOCKET}, {@code STREAM} or {@code POLL} takes one way for all.
 */
final class HttpHubContractTest extends HubFileContract {
  private static final Map<String, Ways.Way> ALL =
      Map.of("SOCKET", Ways.SOCKET, "STREAM", Ways.STREAM, "POLL", Ways.POLL);
  private static final String[] TURNS = {"SOCKET", "STREAM", "SOCKET", "POLL"};

  private Ways.Way way;

  @BeforeEach
  void choose(TestInfo test) {
    int turn = Math.floorMod(test.getTestMethod().orElseThrow().getName().hashCode(), TURNS.length);
    way = ALL.get(System.getProperty("talk.way", TURNS[turn]));
  }

  @Override
  protected Hub open(HubOptions options) {
    return new ServedHub(EngineOptions.open(options), way);
  }

  @Override
  protected boolean hasNetwork() {
    return true;
  }
}

package chat.talk.testkit.local;

import chat.talk.Transport;
import chat.talk.testkit.TransportContract;

final class LoopbackTransportTest extends TransportContract {
  @Override
  protected Transport transport() {
    return Transport.loopback();
  }
}

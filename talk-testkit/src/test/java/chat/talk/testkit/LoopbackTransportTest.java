package chat.talk.testkit;

import chat.talk.Transport;

final class LoopbackTransportTest extends TransportContract {
  @Override
  protected Transport transport() {
    return Transport.loopback();
  }
}

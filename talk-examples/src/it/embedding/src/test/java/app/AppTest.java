package app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.talk.Transport;
import chat.talk.testkit.TransportContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AppTest {
  @Test
  void anApplicationChats() {
    assertEquals("Hello from an application", App.chat());
  }

  @Nested
  class OwnTransport extends TransportContract {
    @Override
    protected Transport transport() {
      return Transport.loopback();
    }
  }
}

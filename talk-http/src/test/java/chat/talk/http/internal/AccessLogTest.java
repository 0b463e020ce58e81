package chat.talk.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RequestObserver;
import chat.talk.http.RequestObserver.Answered;
import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;

final class AccessLogTest {
  private static final Answered REQUEST =
      new Answered("GET", "/v1/links/{secret}", 200, 17, 3_999_999);
  private final Queue<SubstituteLoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final AccessLog log =
      new AccessLog(
          new EventRecordingLogger(new SubstituteLogger("access", events, true), events),
          RequestObserver.NONE);

  @Test
  void requestIsALine() {
    log.note(REQUEST, new Client(InetAddress.getLoopbackAddress(), "http", "secret.example"));

    assertThat(events).hasSize(1);
    assertThat(events.peek().getLevel()).isEqualTo(Level.INFO);
    assertThat(events.peek().getMessage())
        .isEqualTo(
            "method=GET route=/v1/links/{secret} status=200 bytes=17 ms=3 remote=127.0.0.1"
                + " answered");
  }

  @Test
  void clientWhoIsGoneHasNoAddress() {
    log.note(REQUEST, new Client(null, "http", null));

    assertThat(events.peek().getMessage()).contains("remote=- ");
  }
}

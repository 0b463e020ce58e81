package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.hub.HubEngine;
import chat.talk.room.HubStorage;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as anybody may send them. */
@ExtendWith(LeakWatch.class)
final class HubSocketTest {
  private static final String TOKEN = "a-token-of-ada-that-is-long-enough";

  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HttpServer server = HubApi.serve(hub, HttpServer.builder()).start();

  @AfterEach
  void close() {
    hub.close();
    server.close();
  }

  private RawWebSocket socket() throws IOException {
    return new RawWebSocket(server, "/v1/ws");
  }

  private static String login(String user, String token) {
    return """
        {"type":"connect","login":{"type":"newUser","user":"%s","token":"%s"}}"""
        .formatted(user, token);
  }

  private RawWebSocket connected() throws IOException {
    RawWebSocket socket = socket().text(login("ada", TOKEN));
    assertThat(socket.read().text()).startsWith("{\"type\":\"connected\",\"user\":\"ada\"");
    return socket;
  }

  @Test
  void whoConnectsSaysAndHears() throws IOException {
    try (RawWebSocket ada = connected()) {
      ada.text("{\"type\":\"send\",\"request\":1,\"chat\":\"general\",\"text\":\"Hello\"}");
      String answer = ada.read().text();
      String entries = ada.read().text();
      assertThat(answer + entries)
          .contains("{\"type\":\"answer\",\"request\":1,\"value\":{\"type\":\"message\"")
          .contains("{\"type\":\"entries\",\"chat\":\"general\",\"after\":\"0-0\"")
          .contains("\"author\":\"ada\"", "\"text\":\"Hello\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "[]",
        "17",
        "\"text\"",
        "{",
        "{}",
        "{\"type\":17}",
        "{\"type\":null}",
        "{\"type\":\"\"}",
        "{\"type\":\"nonsense\"}",
        "{\"type\":\"status\"}",
        "{\"type\":\"status\",\"request\":null}",
        "{\"type\":\"status\",\"request\":\"1\"}",
        "{\"type\":\"status\",\"request\":1.5}",
        "{\"type\":\"status\",\"request\":99999999999999999999}",
        "{\"type\":\"more\",\"entries\":0}",
        "{\"type\":\"more\",\"entries\":-1}",
        "{\"type\":\"more\"}",
        "{\"type\":\"connect\",\"login\":{\"type\":\"known\",\"token\":\"" + TOKEN + "\"}}",
        "{\"type\":\"status\",\"request\":1} x",
      })
  void nonsenseIsAnsweredAndTheSessionGoesOn(String frame) throws IOException {
    try (RawWebSocket ada = connected()) {
      ada.text(frame);
      assertThat(ada.read().text()).startsWith("{\"type\":\"error\"").contains("\"INVALID\"");
      ada.text("{\"type\":\"identify\",\"request\":2}");
      assertThat(ada.read().text()).contains("\"request\":2,\"value\":{\"user\":\"ada\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'send','request':1,'text':'Hello'} | INVALID",
        "{'type':'send','request':1,'chat':'general'} | INVALID",
        "{'type':'send','request':1,'chat':'general','text':null} | INVALID",
        "{'type':'send','request':1,'chat':'general','text':17} | INVALID",
        "{'type':'send','request':1,'chat':'no such/chat','text':'x'} | INVALID",
        "{'type':'send','request':1,'chat':'general','user':'bob','text':'x'} | INVALID",
        "{'type':'send','request':1,'chat':'general','text':'x','text':'y'} | INVALID",
        "{'type':'send','request':1,'chat':'secret','text':'x'} | FORBIDDEN",
        "{'type':'send','request':1,'user':'nobody','text':'x'} | UNKNOWN_USER",
        "{'type':'readAfter','request':1,'chat':'general','after':'0-0','limit':0} | INVALID",
        "{'type':'readAfter','request':1,'chat':'general','after':'x','limit':5} | INVALID",
        "{'type':'schedule','request':1,'chat':'general','text':'x','at':'noon'} | INVALID",
        "{'type':'createLink','request':1,'chat':'general','token':'x'} | INVALID",
        "{'type':'members','request':1,'chat':'secret'} | FORBIDDEN",
        "{'type':'connections','request':1} | FORBIDDEN",
        "{'type':'acknowledge','request':1,'upTo':{'general':17},'read':true} | INVALID",
        "{'type':'acknowledge','request':1,'upTo':[],'read':true} | INVALID",
      })
  void badCommandIsRefusedByItsNumber(String frame, String code) throws IOException {
    try (RawWebSocket ada = connected()) {
      ada.text(frame.strip().replace('\'', '"'));
      assertThat(ada.read().text())
          .startsWith("{\"type\":\"error\",\"request\":1,\"code\":\"" + code.strip() + "\"");
    }
  }

  @Test
  void nothingIsAnsweredToWhoHasNotConnected() throws IOException {
    try (RawWebSocket stranger = socket()) {
      stranger.text("{\"type\":\"status\",\"request\":1}");
      assertThat(stranger.read().text()).contains("\"request\":1,\"code\":\"INVALID\"");
    }
  }

  @Test
  void foreignTokenEndsTheSession() throws IOException {
    try (RawWebSocket stranger = socket()) {
      stranger.text(
          "{\"type\":\"connect\",\"login\":{\"type\":\"known\",\"token\":\"" + TOKEN + "\"}}");
      assertThat(stranger.read().text())
          .startsWith("{\"type\":\"end\",\"code\":\"UNAUTHENTICATED\"");
      assertThat(stranger.read().closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void takenNameEndsTheSession() throws IOException {
    try (RawWebSocket ada = connected();
        RawWebSocket other = socket()) {
      other.text(login("ada", "another-token-that-is-long-enough"));
      assertThat(other.read().text()).startsWith("{\"type\":\"end\",\"code\":\"NAME_TAKEN\"");
      assertThat(other.read().closeCode()).isEqualTo(4409);
      ada.text("{\"type\":\"identify\",\"request\":2}");
      assertThat(ada.read().text()).contains("\"request\":2");
    }
  }

  @Test
  void newConnectionOfTheDeviceEndsTheOldOne() throws IOException {
    try (RawWebSocket old = connected();
        RawWebSocket anew = connected()) {
      assertThat(old.read().text()).startsWith("{\"type\":\"end\",\"code\":\"CONFLICT\"");
      assertThat(old.read().closeCode()).isEqualTo(4409);
      anew.text("{\"type\":\"identify\",\"request\":2}");
      assertThat(anew.read().text()).contains("\"request\":2");
    }
  }

  @Test
  void clientThatSaysHowMuchItTakesGetsNoMore() throws IOException {
    try (RawWebSocket ada = connected();
        RawWebSocket bob = socket()) {
      String connect = login("bob", "a-token-of-bob-that-is-long-enough");
      bob.text(connect.replace("}}", "},\"window\":0}"));
      assertThat(bob.read().text()).startsWith("{\"type\":\"connected\"");
      ada.text("{\"type\":\"send\",\"request\":1,\"chat\":\"general\",\"text\":\"Hello\"}");
      bob.text("{\"type\":\"identify\",\"request\":1}");
      assertThat(bob.read().text()).startsWith("{\"type\":\"answer\"");
      bob.text("{\"type\":\"more\",\"entries\":1}");
      assertThat(bob.read().text()).startsWith("{\"type\":\"entries\"");
    }
  }

  @Test
  void shutdownIsToldBeforeTheEnd() throws IOException {
    try (RawWebSocket ada = connected()) {
      hub.shutDown("maintenance");
      assertThat(ada.read().text())
          .startsWith("{\"type\":\"goingAway\",\"reason\":\"maintenance\",\"reconnectAfter\":\"PT");
      assertThat(ada.read().text()).startsWith("{\"type\":\"end\",\"code\":\"CLOSED\"");
      assertThat(ada.read().closeCode()).isEqualTo(1001);
    }
  }
}

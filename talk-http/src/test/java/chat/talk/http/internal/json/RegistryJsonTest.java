package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryJsonTest {
  private static final UserName BOB = UserName.of("bob");

  @Test
  void registrationIsReadWhateverTheOrderAndTheUnknownFields() {
    String json =
        """
        {"x":[{"user":"no"},1e9,null],"address":{"port":8080,"y":{"port":1},"host":"h"},"user":"bob"}
        """;
    RegistryJson.Registration read = RegistryJson.registration(json);
    assertThat(read.user()).isEqualTo(BOB);
    assertThat(read.address()).isEqualTo(UserAddress.http("h", 8080));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8080", "\"8080\"", "\"08080\""})
  void portIsANumberOrDigits(String port) {
    assertThat(RegistryJson.address("{\"host\":\"h\",\"port\":" + port + "}").port())
        .isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0|port is 1 to 65535, but was 0",
        "65536|port is 1 to 65535, but was 65536",
        "-1|port is 1 to 65535, but was -1",
        "8080.5|port is 1 to 65535, but was 8080.5",
        "8080.0|port is 1 to 65535, but was 8080.0",
        "1e4|port is 1 to 65535, but was 1e4",
        "1e999|port is 1 to 65535, but was 1e999",
        "99999999999999999999|port is 1 to 65535, but was 99999999999999999999",
        "\"x\"|port is 1 to 65535, but was x",
        "\"\"|port is 1 to 65535, but was ",
        "\" 80\"|port is 1 to 65535, but was 80",
        "\"+80\"|port is 1 to 65535, but was +80",
        "\"000080\"|port is 1 to 65535, but was 000080",
        "\"٨٠\"|port is 1 to 65535, but was ٨٠",
        "true|port is not a port, 1 to 65535",
        "[]|port is not a port, 1 to 65535",
        "{}|port is not a port, 1 to 65535",
        "null|port is missing",
        "08|malformed JSON at port",
        "0x50|malformed JSON at port",
        "NaN|malformed JSON at port",
      })
  void anyOtherPortIsRefused(String port, String message) {
    assertInvalid(() -> RegistryJson.address("{\"host\":\"h\",\"port\":" + port + "}"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null|the top is not an object",
        "[]|the top is not an object",
        "\"x\"|the top is not an object",
        "{}|user is missing",
        "{\"user\":\"bob\"}|address is missing",
        "{\"user\":\"bob\",\"address\":null}|address is missing",
        "{\"user\":null,\"address\":{\"host\":\"h\",\"port\":1}}|user is missing",
        "{\"user\":5,\"address\":{\"host\":\"h\",\"port\":1}}|user is not a string",
        "{\"user\":\"a b\",\"address\":{\"host\":\"h\",\"port\":1}}|user: a user name is",
        "{\"user\":\"..\",\"address\":{\"host\":\"h\",\"port\":1}}|user: a user name is",
        "{\"user\":\"bob\",\"address\":7}|address is not an object",
        "{\"user\":\"bob\",\"address\":{\"port\":1}}|address.host is missing",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\"}}|address.port is missing",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\",\"port\":0}}|address.port is 1 to 65535, but was 0",
        "{\"user\":\"bob\",\"address\":{\"host\":\"\",\"port\":1}}|address.host: not a host",
        "{\"user\":\"bob\",\"address\":{\"host\":[1],\"port\":1}}|address.host is not a string",
        "{\"user\":\"a\",\"user\":\"b\"}|user is given twice",
        "{\"address\":{\"host\":\"h\",\"host\":\"h\"}}|address.host is given twice",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\",\"port\":1}}x|malformed JSON",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\",\"port\":1}} {}|malformed JSON",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\",\"port\":1}|malformed JSON",
        "{user:\"bob\"}|malformed JSON",
        "{'user':'bob'}|malformed JSON",
        "{\"user\":\"bob\",}|malformed JSON",
        "{\"user\":\"b\u0001b\"}|malformed JSON at user: a bare control character at 10",
        "{\"user\":\"\\x\"}|malformed JSON",
        "{/**/\"user\":\"bob\"}|malformed JSON",
      })
  void registrationThatIsNoneIsRefusedWithItsPlace(String json, String message) {
    assertInvalid(() -> RegistryJson.registration(json), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|malformed JSON",
        "{user:\"bob\"}|malformed JSON",
        "nonsense|malformed JSON",
        "{\"user\":|malformed JSON at user",
        "{\"address\":{|malformed JSON at address",
        "{\"address\":{\"port\":08|malformed JSON at address.port",
      })
  void malformedJsonIsToldWithItsPlaceIfThereIsOne(String json, String message) {
    assertThatThrownBy(() -> RegistryJson.registration(json)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t"})
  void emptyBodyIsRefused(String json) {
    assertInvalid(() -> RegistryJson.registration(json), "the body is empty");
  }

  @Test
  void endlessNestingIsRefused() {
    assertInvalid(() -> RegistryJson.address("{\"x\":" + "[".repeat(100_000)), "");
    assertInvalid(() -> RegistryJson.address("{\"x\":".repeat(100_000)), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP", "HTTPS", "WS", "WSS"})
  void theFourProtocolsOfTheWireAreTaken(String protocol) {
    String json = "{\"host\":\"h\",\"port\":1,\"protocol\":\"" + protocol + "\"}";
    assertThat(RegistryJson.address(json).protocol()).isEqualTo(protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"LOOPBACK\"", "\"http\"", "\"\"", "7"})
  void noOtherProtocolIs(String protocol) {
    String json = "{\"host\":\"h\",\"port\":1,\"protocol\":" + protocol + "}";
    assertInvalid(() -> RegistryJson.address(json), "protocol");
  }

  @Test
  void absentAndNullProtocolAreHttp() {
    assertThat(RegistryJson.address("{\"host\":\"h\",\"port\":1,\"protocol\":null}"))
        .isEqualTo(RegistryJson.address("{\"host\":\"h\",\"port\":1}"))
        .isEqualTo(UserAddress.http("h", 1));
  }

  @Test
  void usersAreWrittenAsTheApiSays() {
    Map<UserName, UserAddress> users =
        Map.of(UserName.of("user1"), UserAddress.http("127.0.0.1", 8083));
    assertThat(text(RegistryJson.users(users)))
        .isEqualTo("{\"user1\":{\"host\":\"127.0.0.1\",\"port\":8083}}");
    assertThat(text(RegistryJson.users(Map.of()))).isEqualTo("{}");
    assertThat(text(RegistryJson.registration(BOB, new UserAddress("WSS", "::1", 1))))
        .isEqualTo(
            "{\"user\":\"bob\",\"address\":{\"host\":\"::1\",\"port\":1,\"protocol\":\"WSS\"}}");
  }

  @Test
  void usersAreReadInTheOrderOfTheNames() {
    String json = "{\"b\":{\"host\":\"h\",\"port\":2},\"a\":{\"host\":\"h\",\"port\":\"1\"}}";
    assertThat(RegistryJson.users(json).keySet())
        .extracting(UserName::value)
        .isEqualTo(List.of("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a b\":{\"host\":\"h\",\"port\":1}}",
        "{\"a\":null}",
        "{\"a\":{\"host\":\"h\",\"port\":1},\"a\":{\"host\":\"h\",\"port\":1}}"
      })
  void usersWithAMalformedOneAreRefused(String json) {
    assertInvalid(() -> RegistryJson.users(json), "");
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static void assertInvalid(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(ChatException.Code.INVALID))
        .hasMessageContaining(message);
  }
}

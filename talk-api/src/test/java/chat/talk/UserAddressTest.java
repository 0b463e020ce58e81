package chat.talk;

import static chat.talk.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserAddressTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP, 127.0.0.1, 8080, http://127.0.0.1:8080",
    "HTTPS, example.org, 443, https://example.org:443",
    "WS, localhost, 1, ws://localhost:1",
    "WSS, a-b.example.org, 65535, wss://a-b.example.org:65535",
    "HTTP, ::1, 80, http://[::1]:80",
    "HTTP, 2001:db8::ff00:42:8329, 80, http://[2001:db8::ff00:42:8329]:80",
    "HTTP, ::ffff:127.0.0.1, 80, http://[::ffff:127.0.0.1]:80",
    "LOOPBACK, 127.0.0.1, 1024, loopback://127.0.0.1:1024",
    "MY+OWN-1.0, somewhere, 7, my+own-1.0://somewhere:7"
  })
  void urlIsReadBack(String protocol, String host, int port, String url) {
    UserAddress address = new UserAddress(protocol, host, port);
    assertThat(address).hasToString(url);
    assertThat(UserAddress.parse(url)).isEqualTo(address);
  }

  @Test
  void plainAddressIsHttp() {
    assertThat(UserAddress.http("localhost", 8080))
        .isEqualTo(new UserAddress("HTTP", "localhost", 8080));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org, HTTP, 80",
    "ws://example.org/, WS, 80",
    "https://example.org, HTTPS, 443",
    "wss://example.org/, WSS, 443",
    "HtTp://example.org:08080/, HTTP, 8080"
  })
  void urlMayLeaveThePortToTheProtocol(String url, String protocol, int port) {
    assertThat(UserAddress.parse(url)).isEqualTo(new UserAddress(protocol, "example.org", port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "example.org",
        "example.org:80",
        "//example.org:80",
        "http:",
        "http://",
        "http:///path",
        "http://:80",
        "http://example.org:port",
        "http://example.org:80/path",
        "http://example.org:80?query",
        "http://example.org:80#part",
        "http://me@example.org:80",
        "http://exa mple.org:80",
        "http://example.org:80 ",
        "http://[::1:80",
        "http://[::1%25eth0]:80",
        "http://[example.org]:80",
        "mailto:bob@example.org",
        "http://%65xample.org:80"
      })
  void otherUrlsAreRefused(String url) {
    assertInvalid(() -> UserAddress.parse(url), "not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org:0", "http://example.org:65536", "loopback://a"})
  void urlNeedsAPortInRange(String url) {
    assertInvalid(() -> UserAddress.parse(url), "a port is 1 to 65535");
  }

  @Test
  void refusalIsShort() {
    assertThatThrownBy(() -> UserAddress.parse("http://example.org:80/" + "x".repeat(5000)))
        .message()
        .hasSizeLessThan(200);
  }

  @Test
  void refusalDoesNotRepeatAPassword() {
    assertThatThrownBy(() -> UserAddress.parse("http://me:pa55word@example.org:80"))
        .message()
        .doesNotContain("pa55word");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void portIsInRange(int port) {
    assertInvalid(() -> UserAddress.http("localhost", port), "port", String.valueOf(port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a/b",
        "a:b",
        "127.0.0.1:8080",
        ":::",
        "[::1]",
        "a@b",
        "a?b",
        "a#b",
        "a%b",
        "a\nb",
        "a\u0000",
        "::g",
        "1:2:3:4:5:6:7:8:1:2:3:4:5:6:7:8:1:2:3:4:5:6:7:8",
        "\uD83D",
        "fe80::1%eth0"
      })
  void hostIsANameOrANumber(String host) {
    assertInvalid(() -> UserAddress.http(host, 80), "not a host");
  }

  @Test
  void hostHasAtMost253Characters() {
    assertThat(UserAddress.http("h".repeat(253), 80).host()).hasSize(253);
    assertInvalid(() -> UserAddress.http("h".repeat(254), 80), "not a host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http", "Http", "1HTTP", "+A", "A B", "A/B", "A_B", "A\n", "Ä"})
  void protocolIsUpperCase(String protocol) {
    assertInvalid(() -> new UserAddress(protocol, "localhost", 80), "not a protocol");
  }

  @Test
  void protocolHasAtMost32Characters() {
    assertThat(new UserAddress("A".repeat(32), "a", 1).protocol()).hasSize(32);
    assertInvalid(() -> new UserAddress("A".repeat(33), "a", 1), "not a protocol");
  }
}

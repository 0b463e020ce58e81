package chat.talk.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Registry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryApiTest {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String OK = "200 {\"status\":\"ok\"}";
  private static final String HOME = "{\"host\":\"127.0.0.1\",\"port\":8083}";
  private static final String BOB = "{\"user\":\"bob\",\"address\":" + HOME + "}";

  private final HttpServer server =
      RegistryApi.serve(Registry.inMemory(), HttpServer.builder()).start();
  private final OkHttpClient client =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  @AfterEach
  void close() {
    server.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @Test
  void healthIsOk() {
    assertThat(call("GET", "/v1/health", null, null)).isEqualTo(OK);
  }

  @Test
  void usersComeAndGoAsTheApiSays() {
    assertThat(call("GET", "/v1/users", null, null)).isEqualTo("200 {}");
    assertThat(call("POST", "/v1/users", BOB, null)).isEqualTo(OK);
    assertThat(call("GET", "/v1/users", null, null)).isEqualTo("200 {\"bob\":" + HOME + "}");
    assertThat(call("GET", "/v1/users/", null, null)).isEqualTo("200 {\"bob\":" + HOME + "}");
    assertThat(call("POST", "/v1/users", BOB, null)).startsWith("409 ").contains("\"NAME_TAKEN\"");
    assertThat(call("PUT", "/v1/users/bob", "{\"host\":\"h\",\"port\":\"1\"}", null)).isEqualTo(OK);
    assertThat(call("GET", "/v1/users", null, null))
        .isEqualTo("200 {\"bob\":{\"host\":\"h\",\"port\":1}}");
    assertThat(call("DELETE", "/v1/users/bob", null, null)).isEqualTo(OK);
    assertThat(call("DELETE", "/v1/users/bob", null, null)).isEqualTo(OK);
    assertThat(call("GET", "/v1/users", null, null)).isEqualTo("200 {}");
  }

  @Test
  void putCreatesWhoIsMissing() {
    String secure = "{\"host\":\"::1\",\"port\":1,\"protocol\":\"WSS\"}";
    assertThat(call("PUT", "/v1/users/a-b_c.d", secure, null)).isEqualTo(OK);
    assertThat(call("GET", "/v1/users", null, null)).isEqualTo("200 {\"a-b_c.d\":" + secure + "}");
  }

  @Test
  void claimedNameNeedsItsSecret() {
    assertThat(call("POST", "/v1/users", BOB, "Bearer secret")).isEqualTo(OK);
    for (String wrong : new String[] {null, "Bearer another"}) {
      assertThat(call("POST", "/v1/users", BOB, wrong)).startsWith("403 ").contains("FORBIDDEN");
      assertThat(call("PUT", "/v1/users/bob", HOME, wrong)).startsWith("403 ");
      assertThat(call("DELETE", "/v1/users/bob", null, wrong)).startsWith("403 ");
    }
    assertThat(call("POST", "/v1/users", BOB, "Bearer secret")).isEqualTo(OK);
    assertThat(call("PUT", "/v1/users/bob", HOME, "bearer  secret")).isEqualTo(OK);
    assertThat(call("DELETE", "/v1/users/bob", null, "Bearer secret")).isEqualTo(OK);
    assertThat(call("POST", "/v1/users", BOB, null)).isEqualTo(OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "Basic c2VjcmV0", "Bearer", "Bearer a b", "Bearer a,b", "="})
  void authorizationThatIsNoBearerTokenIsRefusedAndNotRepeated(String authorization) {
    String answer = call("POST", "/v1/users", BOB, authorization);
    assertThat(answer).startsWith("400 ").contains("\"INVALID\"").doesNotContain("c2VjcmV0");
    assertThat(call("GET", "/v1/users", null, null)).isEqualTo("200 {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"user\":\"b b\",\"address\":{\"host\":\"h\",\"port\":1}}|user: a user name is",
        "{\"user\":\"..\",\"address\":{\"host\":\"h\",\"port\":1}}|user: a user name is",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\",\"port\":0}}|address.port is 1 to 65535, but was 0",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\",\"port\":65536}}|address.port is 1 to 65535",
        "{\"user\":\"bob\",\"address\":{\"host\":\"h\",\"port\":\"x\"}}|address.port is 1 to 65535",
        "{\"user\":\"bob\",\"address\":{\"port\":1}}|address.host is missing",
        "{\"user\":\"bob\"}|address is missing",
        "[1,2|the top is not an object",
        "{|malformed JSON",
      })
  void badRegistrationIsRefusedWithItsPlaceAndChangesNothing(String body, String message) {
    assertThat(call("POST", "/v1/users", body, null))
        .startsWith("400 {\"status\":\"error\",\"code\":\"INVALID\",\"message\":\"" + message);
    assertThat(call("GET", "/v1/users", null, null)).isEqualTo("200 {}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b%20b", "%2e%2e", "%2E", "b@b", "%00", "b%2Fb", "%ff", "%zz"})
  void badNamesInThePathAreRefused(String name) throws IOException {
    String head = " /v1/users/" + name + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    String put =
        "PUT" + head + "Content-Type: application/json\r\nContent-Length: 29\r\n\r\n" + HOME;
    assertThat(Raw.exchange(server.port(), put.replace("29", "" + HOME.length())))
        .startsWith("HTTP/1.1 400 ");
    assertThat(Raw.exchange(server.port(), "DELETE" + head + "\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void nameOf64CharactersIsTakenAndOneOf65Refused() {
    assertThat(call("PUT", "/v1/users/" + "n".repeat(64), HOME, null)).isEqualTo(OK);
    assertThat(call("PUT", "/v1/users/" + "n".repeat(65), HOME, null)).startsWith("400 ");
  }

  @Test
  void emptyBodyIsRefused() {
    assertThat(call("POST", "/v1/users", "", null)).startsWith("400 ").contains("body is empty");
    assertThat(call("PUT", "/v1/users/bob", "", null)).startsWith("400 ");
  }

  @Test
  void ofHundredsWhoWantOneNameExactlyOneGetsIt() {
    client.dispatcher().setMaxRequestsPerHost(64);
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 300)
            .mapToObj(i -> async("POST", "/v1/users", BOB.replace("8083", "" + (1000 + i))))
            .toList();
    List<String> all = answers.stream().map(Outcomes::of).toList();
    assertThat(all).filteredOn(OK::equals).hasSize(1);
    assertThat(all).filteredOn(answer -> answer.startsWith("409 ")).hasSize(299);
  }

  @Test
  void usersAreTheNewestWhateverWasAnsweredBefore() {
    for (int i = 0; i < 50; i++) {
      call("PUT", "/v1/users/u" + i, HOME, null);
      assertThat(call("GET", "/v1/users", null, null)).contains("\"u" + i + "\"");
    }
  }

  private CompletableFuture<String> async(String method, String path, String body) {
    return CompletableFuture.supplyAsync(
        () -> call(method, path, body, null), client.dispatcher().executorService());
  }

  private String call(
      String method, String path, @Nullable String body, @Nullable String authorization) {
    RequestBody content = body == null ? null : RequestBody.create(body.getBytes(UTF_8), JSON);
    Request.Builder request =
        new Request.Builder()
            .url("http://127.0.0.1:" + server.port() + path)
            .method(method, content);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try (Response response = client.newCall(request.build()).execute()) {
      return response.code() + " " + response.body().string();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

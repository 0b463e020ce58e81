package chat.talk.http.internal.hub;

import chat.talk.http.HttpResponse;
import chat.talk.http.internal.json.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/** What describes the API, made once of the table of routes. */
final class Documents {
  private static final Map<String, String> HTML =
      Map.of(
          "Content-Type",
          "text/html; charset=utf-8",
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'",
          "X-Content-Type-Options",
          "nosniff");

  private volatile @Nullable HttpResponse openApi;
  private volatile @Nullable HttpResponse asyncApi;
  private volatile @Nullable HttpResponse page;

  void describe(List<RestRoute> routes) {
    Map<String, Object> document = OpenApi.of(routes);
    openApi = HttpResponse.json(200, Form.json(document));
    asyncApi = HttpResponse.json(200, Form.json(AsyncApi.document()));
    page =
        new HttpResponse(200, HTML, new DocsPage(document).html().getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse openApi() {
    return Objects.requireNonNull(openApi);
  }

  HttpResponse asyncApi() {
    return Objects.requireNonNull(asyncApi);
  }

  HttpResponse page() {
    return Objects.requireNonNull(page);
  }
}

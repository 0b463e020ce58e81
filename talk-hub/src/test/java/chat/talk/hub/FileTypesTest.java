package chat.talk.hub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GIF89a | image/gif",
        "%PDF-1.7 | application/pdf",
        "<!DOCTYPE html><p>Hello | text/html",
        "<html><script>alert(1)</script> | text/html",
        "#!/bin/sh | application/x-sh",
        "plain words | text/plain",
        "\u0001\u0002\u0003 | application/octet-stream",
        "'' | application/octet-stream",
      })
  void beginningTellsWhatItIs(String beginning, String type) {
    assertThat(FileTypes.of(beginning.getBytes(ISO_8859_1))).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, image/png, image/png",
    "image/png, text/html, text/html",
    "image/png, application/x-dosexec, application/x-dosexec",
    "image/png, application/x-sh, application/x-sh",
    "image/png, text/plain, text/plain",
    "image/png, image/jpeg, image/jpeg",
    "image/svg+xml, text/plain, image/svg+xml",
    "image/svg+xml, application/xml, image/svg+xml",
    "image/png; q=1, image/png, image/png; q=1",
    "IMAGE/PNG, image/png, IMAGE/PNG",
    "application/octet-stream, image/png, image/png",
    "application/octet-stream, text/plain, application/octet-stream",
    "application/x-unheard-of, application/octet-stream, application/x-unheard-of",
    "image/png, application/octet-stream, image/png",
    "text/plain, text/html, text/plain",
    "text/markdown, text/plain, text/markdown",
    "application/json, text/plain, application/json",
    "application/zip, application/zip, application/zip",
    "application/vnd.oasis.opendocument.text, application/zip, application/vnd.oasis.opendocument.text",
    "application/pdf, application/x-dosexec, application/x-dosexec",
    "x/y, text/html, text/html",
  })
  void fileIsShownAsWhatItsSenderSaysUnlessItClearlyIsSomethingElse(
      String said, String found, String shown) {
    assertThat(FileTypes.shown(said, found)).isEqualTo(shown);
  }
}

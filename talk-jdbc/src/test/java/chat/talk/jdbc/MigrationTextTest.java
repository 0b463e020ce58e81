package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flyway doesn't compare what it has run with what there is now, so it is held here. */
final class MigrationTextTest {
  /** SHA-256 of each, by its path. */
  private static final Map<String, String> RELEASED =
      Map.of(
          "mariadb/V1__chats.sql",
          "7b7d39f40c67e3072bd9c213ec08963438feb7f092f567935a7a96fc12f02380",
          "mariadb/V2__let_in_by.sql",
          "3e56e81b5cf114e1fcd1bd886603536ab6c0df23aa9c619f93d30f9a22d72cf2",
          "postgresql/V1__chats.sql",
          "40012b02df244cf78bdf24ba73c1597a327ef4eedcfd28b6a4a300e93ef65228",
          "postgresql/V2__let_in_by.sql",
          "00ceca4498218111376d5ed497f5584936bedbf49306cc48861b3fa84d86d38c",
          "sqlite/V1__chats.sql",
          "087acc1cc76f74fa101788898f4c479faeafd026950f1de0ee4e30a6fb460d63",
          "sqlite/V2__let_in_by.sql",
          "c349da3fb1a464ca8268c3e0a4027e3fce27767b19ae254f3c8d5c5296cef65c");

  static Stream<String> scripts() {
    return Stream.of("mariadb", "postgresql", "sqlite")
        .flatMap(dialect -> Schema.MIGRATIONS.stream().map(name -> dialect + "/" + name));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void whatWasReleasedStaysAsItIs(String script) throws IOException, NoSuchAlgorithmException {
    assertThat(digest(script))
        .as(
            "SHA-256 of %s: databases have been made by it, and are not made again. Leave it as"
                + " it is, and write a new migration, V%d__….sql for each dialect, with its line"
                + " in Schema and its digests here",
            script, Schema.LATEST + 1)
        .isEqualTo(RELEASED.get(script));
  }

  @Test
  void noneIsLeftOut() {
    assertThat(scripts()).containsExactlyInAnyOrderElementsOf(RELEASED.keySet());
  }

  private static String digest(String script) throws IOException, NoSuchAlgorithmException {
    try (InputStream text = Objects.requireNonNull(Schema.class.getResourceAsStream(script))) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.readAllBytes());
      return HexFormat.of().formatHex(digest);
    }
  }
}

package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.internal.json.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds the description of frames against the golden ones. */
final class AsyncApiTest {
  private final RestWorld world = new RestWorld();
  private final Map<?, ?> document =
      (Map<?, ?>) world.call("GET", "/v1/asyncapi.json", null, (String) null).is(200).json();
  private final SchemaCheck schemas = new SchemaCheck(document);
  private final Set<String> seen = new TreeSet<>();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyGoldenFrameIsAMessageOfTheDocumentAndEveryMessageHasOne() {
    SoftAssertions all = new SoftAssertions();
    for (String folder : List.of("client", "commands")) {
      frames(folder).forEach(file -> all.check(() -> check("client.", file)));
    }
    for (String folder : List.of("answers", "entries", "notices", "errors", "session")) {
      frames(folder).forEach(file -> all.check(() -> check("hub.", file)));
    }
    all.assertAll();
    assertThat(seen).isEqualTo(new TreeSet<>(messages().keySet()));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    requireReferences(document);
  }

  private void requireReferences(Object json) {
    if (json instanceof Map<?, ?> object) {
      Object reference = object.get("$ref");
      if (reference instanceof String path) {
        assertThat(at(path)).as(path).isNotNull();
      }
      object.values().forEach(this::requireReferences);
    } else if (json instanceof List<?> array) {
      array.forEach(this::requireReferences);
    }
  }

  private Object at(String reference) {
    Object found = document;
    for (String step : reference.substring(2).split("/", -1)) {
      found = ((Map<?, ?>) found).get(step);
    }
    return found;
  }

  private void check(String side, Path file) {
    Map<?, ?> frame = (Map<?, ?>) new RestWorld.Answer(0, null, read(file)).json();
    String name = side + frame.get("type");
    Map<?, ?> message = (Map<?, ?>) messages().get(name);
    assertThat(message).as(name).isNotNull();
    seen.add(name);
    try {
      schemas.require(message.get("payload"), frame);
    } catch (AssertionError e) {
      throw new AssertionError(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, ?> messages() {
    return (Map<String, ?>) at("#/components/messages");
  }

  private static List<Path> frames(String folder) {
    try {
      try (Stream<Path> files = Files.list(GoldenFiles.FOLDER.resolve(folder))) {
        return files.toList();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page for people, as a browser reads it. */
final class DocsPageTest {
  private static final String PATH = "/v1/docs";
  private static final String DOCTYPE = "<!doctype html>";
  private static final Pattern STYLE = Pattern.compile("<style>[^<]*</style>");
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z][a-z0-9]*)((?: [a-z]+=(?:\"[^\"<>]*\"|[^\\s\"'`=<>]+))*)>");
  private static final Pattern TEXT = Pattern.compile("(?:[^<>&]++|&(?:amp|lt|gt|quot);)*+");
  private static final Pattern LINK = Pattern.compile("<a href=([^ >]+)>");
  private static final Pattern ID = Pattern.compile("<[a-z0-9]+ id=([^ >]+)>");

  private static final Set<String> WITHOUT_CONTENT = Set.of("meta", "br");

  /** What ends by itself where another one begins, innermost first. */
  private static final Map<String, List<String>> ENDED_BY =
      Map.of(
          "td", List.of("td"),
          "tr", List.of("td", "tr"),
          "p", List.of("p"),
          "table", List.of("p"),
          "h2", List.of("p"),
          "h3", List.of("p"));

  /** What ends by itself where what it is in ends. */
  private static final List<String> ENDED_WITH_THE_REST = List.of("td", "tr", "p");

  private final RestWorld world = new RestWorld();
  private final Deque<String> open = new ArrayDeque<>();
  private String page;

  @BeforeEach
  void load() {
    page = world.call("GET", PATH, null, (String) null).is(200).body();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everythingThatIsOpenedIsClosedInItsPlaceAndNoTextIsTakenForATag() {
    assertThat(page).startsWith(DOCTYPE).endsWith("</html>\n");
    String rest = STYLE.matcher(page.substring(DOCTYPE.length()).strip()).replaceAll("");
    Matcher tag = TAG.matcher(rest);
    int from = 0;
    while (tag.find()) {
      assertThat(rest.substring(from, tag.start())).matches(TEXT);
      if (tag.group(1).isEmpty()) {
        begin(tag.group(2));
      } else {
        end(tag.group(2));
      }
      from = tag.end();
    }
    assertThat(rest.substring(from)).isEmpty();
    assertThat(open).isEmpty();
  }

  private void begin(String element) {
    if (!WITHOUT_CONTENT.contains(element)) {
      ENDED_BY.getOrDefault(element, List.of()).forEach(this::endIfOpen);
      open.push(element);
    }
  }

  private void end(String element) {
    ENDED_WITH_THE_REST.stream().filter(one -> !one.equals(element)).forEach(this::endIfOpen);
    assertThat(open.poll()).as("what </%s> ends", element).isEqualTo(element);
  }

  private void endIfOpen(String element) {
    if (element.equals(open.peek())) {
      open.pop();
    }
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> ids = found(ID);
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    assertThat(found(LINK))
        .hasSizeGreaterThan(ids.size())
        .allSatisfy(
            link -> {
              if (link.startsWith("#")) {
                assertThat(ids).contains(link.substring(1));
              } else {
                String path = URI.create(PATH).resolve(link).getPath();
                world.call("GET", path, null, (String) null).is(200);
              }
            });
  }

  private List<String> found(Pattern pattern) {
    return pattern.matcher(page).results().map(one -> one.group(1)).toList();
  }

  @Test
  void aTelephoneShowsItInItsOwnWidth() {
    assertThat(page).contains("<meta name=viewport content=\"width=device-width\">");
  }
}

package chat.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageTest {
  private static final Entry ENTRY =
      new Entry(
          new Cursor(1, 1),
          new ChatMessage(
              ChatId.of("c"), MessageId.of("m"), UserName.of("u"), "text", Instant.EPOCH));

  @Test
  void pageIsACopy() {
    List<Entry> entries = new ArrayList<>(List.of(ENTRY));
    Page page = new Page(entries, ENTRY.cursor(), true, false);
    entries.clear();
    assertThat(page.entries()).containsExactly(ENTRY);
  }

  @Test
  void pageCannotBeModified() {
    Page page = new Page(new ArrayList<>(List.of(ENTRY)), ENTRY.cursor(), true, false);
    List<Entry> entries = page.entries();
    assertThatThrownBy(entries::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void nothingMayBeMissing() {
    List<Entry> hole = Arrays.asList(ENTRY, null);
    assertThatThrownBy(() -> new Page(hole, Cursor.START, true, false))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new Page(List.of(), null, true, false))
        .isInstanceOf(NullPointerException.class);
  }
}

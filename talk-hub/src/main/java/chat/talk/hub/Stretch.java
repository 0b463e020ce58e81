package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Page;
import chat.talk.room.Chunk;

/**
 * What the storage has behind a place, for a reader who sees everything.
 *
 * @param chunk the entries
 * @param lost whether the storage has lost what came before them
 * @param isHeavy whether it was ended early, because it holds enough
 */
record Stretch(Chunk chunk, boolean lost, boolean isHeavy) {
  static Stretch of(ChatId chat, Cursor from, Page page) {
    Page light = Weight.forwards(page);
    boolean isHeavy = light.entries().size() < page.entries().size();
    return new Stretch(new Chunk(chat, from, light.entries(), light.next()), light.lost(), isHeavy);
  }

  /** In characters, roughly. */
  long weight() {
    return chunk.entries().stream().mapToLong(Weight::of).sum();
  }
}

package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.http.HubJson;
import java.io.IOException;
import okio.BufferedSink;

/** Writes a chat as lines of JSON. */
final class Export {
  private static final int PAGE = 500;

  private final Storage storage;
  private final ChatId chat;

  Export(Storage storage, ChatId chat) {
    this.storage = storage;
    this.chat = chat;
    if (!storage.chats().contains(chat)) {
      throw new Failure(ExitCode.FAILED, "there is no chat " + chat);
    }
  }

  /** Writes what comes after a place, up to where the chat ends now. */
  void write(Cursor after, BufferedSink out) throws IOException {
    Cursor head = storage.head(chat);
    Page page = storage.readAfter(chat, after, PAGE);
    if (page.lost()) {
      throw new Failure(ExitCode.FAILED, "there is no place " + after + " in chat " + chat);
    }
    while (write(page, head, out) && !page.atEnd()) {
      page = storage.readAfter(chat, page.next(), PAGE);
    }
    out.flush();
  }

  /** Returns false when the end was reached. */
  private static boolean write(Page page, Cursor end, BufferedSink out) throws IOException {
    for (Entry entry : page.entries()) {
      out.writeUtf8(Printable.json(HubJson.entry(entry))).writeByte('\n');
      if (entry.cursor().equals(end)) {
        return false;
      }
    }
    return true;
  }
}

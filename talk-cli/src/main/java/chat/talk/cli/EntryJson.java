package chat.talk.cli;

import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import okio.Buffer;

/** An entry of a chat as a JSON object. */
final class EntryJson {
  private final JsonWriter json;

  private EntryJson(JsonWriter json) {
    this.json = json;
  }

  static String of(Entry entry) {
    Buffer buffer = new Buffer();
    try (JsonWriter json = JsonWriter.of(buffer)) {
      json.beginObject();
      new EntryJson(json).write(entry);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  private void write(Entry entry) throws IOException {
    Event event = entry.event();
    json.name("place").value(entry.cursor().sequence());
    json.name("cursor").value(entry.cursor().toString());
    json.name("chat").value(event.chat().value());
    json.name("author").value(event.author().value());
    json.name("id").value(event.id().value());
    json.name("time").value(event.time().toString());
    if (event instanceof ChatMessage message) {
      message(message);
    } else {
      other(event);
    }
  }

  private void message(ChatMessage message) throws IOException {
    json.name("kind").value("message");
    json.name("text").value(message.text());
    if (message.revision() != ChatMessage.Revision.ORIGINAL) {
      json.name("revision").value(message.revision().name());
    }
    if (message.about() != null) {
      about(message.about());
    }
    if (message.attachment() != null) {
      attachment(message.attachment());
    }
  }

  private void attachment(Attachment attachment) throws IOException {
    json.name("attachment").beginObject();
    json.name("name").value(attachment.name());
    json.name("type").value(attachment.type());
    json.name("digest").value(attachment.blob().digest().value());
    json.name("size").value(attachment.size());
    json.endObject();
  }

  private void other(Event event) throws IOException {
    if (event instanceof Event.Edited edited) {
      kind("edited", "text", edited.text());
      about(edited.author(), edited.message());
    } else if (event instanceof Event.Erased erased) {
      json.name("kind").value("erased");
      about(erased.author(), erased.message());
    } else if (event instanceof Event.Expired expired) {
      kind("expired", "upTo", expired.upTo().toString());
    } else if (event instanceof Event.Decided decided) {
      kind("decided", "action", decided.action());
      json.name("member").value(decided.subject().value());
      json.name("text").value(decided.reason());
    } else {
      ofRoom(event);
    }
  }

  private void ofRoom(Event event) throws IOException {
    if (event instanceof Event.Created created) {
      kind("created", "title", created.title());
    } else if (event instanceof Event.Renamed renamed) {
      kind("renamed", "title", renamed.title());
    } else if (event instanceof Event.Joined joined) {
      kind("joined", "member", joined.member().value());
    } else if (event instanceof Event.Left left) {
      kind("left", "member", left.member().value());
    } else if (event instanceof Event.HandedOver handedOver) {
      kind("handed over", "member", handedOver.owner().value());
    } else {
      json.name("kind").value("closed");
    }
  }

  private void kind(String kind, String name, String value) throws IOException {
    json.name("kind").value(kind);
    json.name(name).value(value);
  }

  private void about(MessageKey key) throws IOException {
    about(key.author(), key.id());
  }

  private void about(UserName author, MessageId id) throws IOException {
    json.name("about").beginObject();
    json.name("author").value(author.value());
    json.name("id").value(id.value());
    json.endObject();
  }
}

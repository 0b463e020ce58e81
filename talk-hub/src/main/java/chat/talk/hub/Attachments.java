package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Fact;
import chat.talk.room.FileUpload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which messages carry what: who may attach it, and the facts that keep its bytes. Only the loop's.
 */
final class Attachments {
  private final Transfers transfers;
  private final Store store;
  private final Loop loop;

  /** Whether messages expire, so that it has to be known where files stand. */
  private final boolean expires;

  private final Map<ChatId, Track> tracks = new HashMap<>();

  /** The messages of one chat that carry something, or have done so. */
  private static final class Track {
    /** Those of which it isn't known where they stand, or whether already. */
    private final Map<MessageKey, Fact.File> unplaced = new HashMap<>();

    private final TreeMap<Long, Fact.File> placed = new TreeMap<>();

    void place(Fact.File file, Cursor place) {
      unplaced.remove(file.message());
      placed.put(place.sequence(), file);
    }

    void place(Map<MessageKey, Entry> found) {
      found.forEach((key, entry) -> place(unplaced.get(key), entry.cursor()));
    }
  }

  Attachments(State state, Transfers transfers, Store store, HubBuilder setup, Loop loop) {
    this.transfers = transfers;
    this.store = store;
    this.loop = loop;
    this.expires = setup.messageTtl != null;
    if (expires) {
      state.files.forEach(file -> track(file.chat()).unplaced.put(file.message(), file));
    }
    state.files.clear();
  }

  private Track track(ChatId chat) {
    return tracks.computeIfAbsent(chat, key -> new Track());
  }

  /**
   * Refuses to attach what the author has not uploaded himself, lately.
   *
   * @return the draft, whose file is shown as what it is
   * @throws ChatException with {@link Code#REFUSED}, {@link Code#TOO_LARGE} or {@link
   *     Code#NOT_FOUND}
   */
  Draft checked(Draft draft, UserName author) {
    Attachment attachment = draft.attachment();
    if (attachment == null) {
      return draft;
    }
    transfers.blobs();
    boolean isBody = attachment.isBody();
    FileUpload.Kind kind = isBody ? FileUpload.Kind.BODY : FileUpload.Kind.FILE;
    transfers.requireSize(kind, attachment.size());
    String type = transfers.recent.typeOf(author, attachment.blob(), isBody);
    if (type == null) {
      throw new ChatException(Code.NOT_FOUND, "no such file was uploaded lately");
    }
    return isBody ? draft : draft.attach(shown(attachment, type));
  }

  private static Attachment shown(Attachment said, String found) {
    return new Attachment(said.name(), FileTypes.shown(said.type(), found), said.blob());
  }

  /** The bytes stay as long as the message, or the plan to send it, does. */
  void keep(Draft draft, ChatId chat, UserName author, Batch batch) {
    if (draft.attachment() != null) {
      MessageKey key = new MessageKey(author, draft.id());
      batch.put(new Fact.File(chat, key, draft.attachment().blob(), batch.now()));
    }
  }

  /** The message stands in the log. */
  void published(ChatMessage message, Cursor place) {
    if (expires && message.attachment() != null) {
      Blob blob = message.attachment().blob();
      Fact.File file = new Fact.File(message.chat(), message.key(), blob, message.time());
      track(message.chat()).place(file, place);
    }
  }

  /** The message carries it no more. */
  void drop(ChatMessage message, Batch batch) {
    if (message.attachment() != null) {
      drop(message.key(), message.chat(), message.attachment(), batch);
    }
  }

  /** The draft is not to be sent any more, or not with this. */
  void drop(Draft draft, ChatId chat, UserName author, Batch batch) {
    if (draft.attachment() != null) {
      drop(new MessageKey(author, draft.id()), chat, draft.attachment(), batch);
    }
  }

  /** All messages up to a place carry nothing any more. */
  void expire(ChatId chat, Cursor upTo, Batch batch) {
    Track track = tracks.get(chat);
    if (track == null) {
      return;
    }
    if (!track.unplaced.isEmpty()) {
      List<MessageKey> keys = List.copyOf(track.unplaced.keySet());
      track.place(loop.outside(() -> store.find(keys)));
    }
    Map<Long, Fact.File> gone = new TreeMap<>(track.placed.headMap(upTo.sequence(), true));
    track.placed.keySet().removeAll(gone.keySet());
    batch.undo(() -> track.placed.putAll(gone));
    gone.values().forEach(batch::drop);
  }

  private static void drop(MessageKey key, ChatId chat, Attachment attachment, Batch batch) {
    batch.drop(new Fact.File(chat, key, attachment.blob(), batch.now()));
  }
}

package chat.talk.http.internal.hub;

import chat.talk.http.internal.json.EntryCache;

/** What all conversations with one hub share. */
public record Common(Backlog backlog, EntryCache entries) {
  /** With nothing in it so far. */
  public Common() {
    this(new Backlog(), new EntryCache());
  }
}

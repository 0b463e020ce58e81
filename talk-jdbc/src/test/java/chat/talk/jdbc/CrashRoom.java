package chat.talk.jdbc;

import chat.talk.ChatId;

/** A private chat and its owner, who never leaves it. */
record CrashRoom(ChatId id, CrashUser owner) {}

package chat.talk.room;

import chat.talk.Cursor;
import chat.talk.UserName;

/**
 * One who is in a chat.
 *
 * @param user who
 * @param owner whether the chat is his
 * @param online whether one of his devices is connected
 * @param read how far he has read, by what is stored: up to a second late
 */
public record Member(UserName user, boolean owner, boolean online, Cursor read) {}

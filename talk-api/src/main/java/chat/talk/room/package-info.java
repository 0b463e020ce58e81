/**
 * What a hub adds to chatting: rooms, history that all share, unread counts, devices, invitations,
 * comments, scheduled messages, moderation.
 *
 * <p>{@link chat.talk.room.HubClient} is a user's end. {@link chat.talk.room.Hub} is what it
 * connects to, in this JVM or over a network; {@link chat.talk.room.Session} is one such
 * connection, and {@link chat.talk.room.Command} lists all that can be asked over it. {@link
 * chat.talk.room.HubStorage} is where a hub keeps what it knows, {@link chat.talk.room.BlobStore}
 * where it keeps the bytes of files.
 */
package chat.talk.room;

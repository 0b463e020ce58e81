/**
 * Storage that loses nothing: SQL databases for what is said and known, a folder for the bytes of
 * files.
 *
 * <p>{@link chat.talk.jdbc.Database} is where to begin: it is a SQLite file, or a MariaDB, MySQL or
 * PostgreSQL database, and has the storage of a hub or a peer, and of a registry. {@link
 * chat.talk.jdbc.DatabaseBuilder} sets it up, {@link chat.talk.jdbc.Backup} saves and restores it,
 * {@link chat.talk.jdbc.FolderBlobStore} keeps files beside it.
 */
package chat.talk.jdbc;

/** Storage in SQL databases: {@link chat.talk.jdbc.Database} is where to begin. */
package chat.talk.jdbc;

package chat.talk.bench;

import chat.talk.ChatMessage;
import chat.talk.jdbc.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * Writes rows of messages into Talk's table of entries, and does nothing else; over a connection
 * with the settings of Talk's own.
 */
final class BareJdbc implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement insert;
  private long place;

  BareJdbc(Path file) throws SQLException {
    Database.open(file.toString()).close();
    Properties properties = new Properties();
    properties.setProperty("journal_mode", "WAL");
    properties.setProperty("synchronous", "FULL");
    properties.setProperty("cache_size", "-32000");
    connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO logs (log, chat, epoch) VALUES (1, 'general', 1)");
    }
    connection.setAutoCommit(false);
    insert =
        connection.prepareStatement(
            "INSERT INTO entries (log, place, kind, author, id, time, text)"
                + " VALUES (1, ?, 'message', ?, ?, ?, ?)");
  }

  void write(List<ChatMessage> group) throws SQLException {
    for (ChatMessage message : group) {
      insert.setLong(1, ++place);
      insert.setString(2, message.author().value());
      insert.setString(3, message.id().value());
      insert.setLong(4, message.time().toEpochMilli() * 1000);
      insert.setString(5, message.text());
      insert.addBatch();
    }
    insert.executeBatch();
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}

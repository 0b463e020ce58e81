package chat.talk.room;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that can be read as often as it takes: an upload that was broken off is begun again. The
 * methods may block; a client calls them on its executor.
 */
public interface ByteSource {
  /**
   * Begins to read, from the first byte; the same bytes each time.
   *
   * @return a channel, closed by whoever asked for it
   * @throws IOException when that is not possible
   */
  ReadableByteChannel open() throws IOException;

  /**
   * How many bytes there are; for {@link Progress} only.
   *
   * @return the number, negative when it isn't known
   * @throws IOException when it can't be found out
   */
  long size() throws IOException;

  /**
   * The bytes of a file.
   *
   * @param file must not change meanwhile
   * @return the source
   */
  static ByteSource of(Path file) {
    return new ByteSource() {
      @Override
      public ReadableByteChannel open() throws IOException {
        return Files.newByteChannel(file);
      }

      @Override
      public long size() throws IOException {
        return Files.size(file);
      }
    };
  }

  /**
   * Some bytes.
   *
   * @param bytes must not change meanwhile
   * @return the source
   */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public ReadableByteChannel open() {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
      }

      @Override
      public long size() {
        return bytes.length;
      }
    };
  }

  /**
   * A text in UTF-8.
   *
   * @param text the text
   * @return the source
   */
  static ByteSource of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}

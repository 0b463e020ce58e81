package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.Closeable;
import java.io.IOException;

/** Something to do with files. */
@FunctionalInterface
interface FileWork<T> {
  T run() throws IOException;

  /** Does it, and tells in Talk's terms what went wrong. */
  static <T> T run(String what, Object where, FileWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      String why = FileFailure.reason(e);
      throw new ChatException(Code.STORAGE, "can't %s %s: %s".formatted(what, where, why), e);
    }
  }

  /** Closes it. */
  static void close(Object what, Closeable closeable) {
    run(
        "close",
        what,
        () -> {
          closeable.close();
          return null;
        });
  }
}

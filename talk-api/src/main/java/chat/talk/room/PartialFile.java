package chat.talk.room;

import chat.talk.ChatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionException;
import org.jetbrains.annotations.Nullable;

/** A file that comes bit by bit, under another name in the folder where it belongs. */
record PartialFile(Path path, Path target, FileChannel channel) {
  static PartialFile beside(Path target) throws IOException {
    Path whole = target.toAbsolutePath();
    Path path = Files.createTempFile(whole.getParent(), ".talk-", ".part");
    return new PartialFile(path, whole, FileChannel.open(path, StandardOpenOption.WRITE));
  }

  /** Gives it its name, or takes it away when it has failed. */
  Attachment end(@Nullable Attachment whole, @Nullable Throwable failure) {
    try {
      channel.close();
      if (whole != null) {
        Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        return whole;
      }
    } catch (IOException e) {
      delete();
      throw ClientFiles.failure(e);
    }
    delete();
    throw new CompletionException(ChatException.of(failure));
  }

  private void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What is left has a name that says so.
    }
  }
}

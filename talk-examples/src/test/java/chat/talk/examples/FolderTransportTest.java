package chat.talk.examples;

import chat.talk.Transport;
import chat.talk.testkit.TransportContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderTransportTest extends TransportContract {
  @TempDir Path folder;

  @Override
  protected Transport transport() {
    return new FolderTransport(folder);
  }
}

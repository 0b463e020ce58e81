package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server that {@link NetServer} has in it, by the same name. */
abstract class JavaContender extends NamedContender {
  JavaContender(String name, String title) {
    super(name, title);
  }

  @Override
  public final ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
    return ServerProcess.java(this, folder, jvmOptions);
  }
}

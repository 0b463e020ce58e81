package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server that {@link NetServer} has in it, by the same name. */
abstract class JavaContender implements Contender {
  private final String name;
  private final String title;

  JavaContender(String name, String title) {
    this.name = name;
    this.title = title;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
    return ServerProcess.java(this, folder, jvmOptions);
  }
}

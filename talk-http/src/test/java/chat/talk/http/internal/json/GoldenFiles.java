package chat.talk.http.internal.json;

import java.nio.file.Path;

/** Where talk-testkit keeps a frame of each kind. */
public final class GoldenFiles {
  /** The folder, with a folder for each sort of frame. */
  public static final Path FOLDER =
      Path.of("..", "talk-testkit", "src", "main", "resources", "golden-json");

  private GoldenFiles() {}
}

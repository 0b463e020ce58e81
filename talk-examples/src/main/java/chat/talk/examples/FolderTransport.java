package chat.talk.examples;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.nio.file.Path;
import java.util.Set;

/**
 * A transport of one's own: an endpoint is a folder, a message a file in it, which is answered by
 * another file. It passes the whole {@code TransportContract} of talk-testkit.
 */
public final class FolderTransport implements Transport {
  private static final String PROTOCOL = "FOLDER";

  private final Path root;

  /** Keeps the endpoints' folders in {@code root}, which exists. */
  public FolderTransport(Path root) {
    this.root = root;
  }

  @Override
  public Set<String> protocols() {
    return Set.of(PROTOCOL);
  }

  @Override
  public Endpoint open(String host, int port, Receiver receiver) {
    int number = port == 0 ? 1 : port;
    while (!folder(number).toFile().mkdir()) {
      if (port != 0 || number++ == 65535) {
        throw new ChatException(Code.CANNOT_LISTEN, "cannot make the folder " + folder(number));
      }
    }
    return new FolderMailbox(new UserAddress(PROTOCOL, host, number), folder(number), receiver);
  }

  @Override
  public Connection connect(UserAddress address) {
    return new FolderPostman(folder(address.port()));
  }

  private Path folder(int port) {
    return root.resolve(Integer.toString(port));
  }
}

package chat.talk.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The XMPP server Prosody with multi-user chats (XEP-0045) that keep nothing. Nobody has a password
 * or an encrypted connection, and nobody is told who else is there. It reads little at a time, so
 * that not all of many messages are dealt with before the first one goes out.
 */
final class ProsodyContender extends ProgramContender {
  private static final String CONFIGURATION =
      """
      data_path = "%1$s"
      pidfile = "%1$s/prosody.pid"
      certificates = "%1$s"
      run_as_root = true
      interfaces = { "127.0.0.1" }
      c2s_ports = { %2$d }
      modules_enabled = { "saslauth" }
      modules_disabled = { "s2s", "offline" }
      c2s_require_encryption = false
      storage = "memory"
      network_settings = { read_size = 1024 }
      log = { { levels = { min = "error" }, to = "console" } }
      VirtualHost "localhost"
        authentication = "anonymous"
      Component "rooms.localhost" "muc"
        muc_room_locking = false
        muc_room_default_history_length = 0
        muc_room_default_presence_broadcast = { }
      """;

  /** To enter a room takes longer the more are in it, so that no room here may be large. */
  private static final List<String> ROWS = List.of("B", "C");

  ProsodyContender() {
    super("prosody", "Prosody", "prosody");
  }

  @Override
  public boolean takesPartIn(String row) {
    return ROWS.contains(row);
  }

  @Override
  List<String> command(String program, Path folder, int port) throws IOException {
    Path file = folder.resolve("prosody.cfg.lua");
    Files.writeString(file, CONFIGURATION.formatted(folder, port));
    return List.of(program, "--config", file.toString(), "-F");
  }

  @Override
  public Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new Joining(client, marks, user, room);
  }

  @Override
  public byte[] send(String room, String text) {
    return bytes(
        "<message type='groupchat' to='%s@rooms.localhost'><body>%s</body></message>"
            .formatted(room, text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Joining implements Conversation {
    private static final String STREAM =
        "<stream:stream to='localhost' xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
    private static final String LOGIN =
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
    private static final String ENTRY =
        "<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
            + "<presence to='%s@rooms.localhost/user-%d'>"
            + "<x xmlns='http://jabber.org/protocol/muc'/></presence>";

    /** XEP-0045, section 7.2: one's own presence, the last of all. */
    private static final String ENTERED = "<status code='110'/>";

    private static final String LOGGED_IN = "<success ";
    private static final List<String> FAULTS = List.of("<failure", "<stream:error", "type='error'");

    private final Client client;
    private final MarkScanner marks;
    private final int user;
    private final String room;

    /** What has to come next; empty once all of it has. */
    private String awaited = LOGGED_IN;

    Joining(Client client, MarkScanner marks, int user, String room) {
      this.client = client;
      this.marks = marks;
      this.user = user;
      this.room = room;
    }

    @Override
    public void open() {
      client.write(bytes(STREAM + LOGIN));
    }

    @Override
    public int scan(byte[] data, int end) {
      return awaited.isEmpty() ? marks.scan(data, 0, end, true) : await(data, end);
    }

    private int await(byte[] data, int end) {
      String text = new String(data, 0, end, StandardCharsets.ISO_8859_1);
      if (FAULTS.stream().anyMatch(text::contains)) {
        client.onTrouble(text);
        return end;
      }
      int found = text.indexOf(awaited);
      if (found < 0) {
        return 0;
      }
      int used = found + awaited.length();
      goOn();
      return used;
    }

    private void goOn() {
      if (awaited.equals(LOGGED_IN)) {
        awaited = ENTERED;
        client.write(bytes(STREAM + ENTRY.formatted(room, user)));
      } else {
        awaited = "";
        client.onReady();
      }
    }
  }
}

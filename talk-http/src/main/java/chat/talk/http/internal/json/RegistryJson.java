package chat.talk.http.internal.json;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/** What goes to a registry and comes from it. */
public final class RegistryJson {
  private static final String[] REGISTRATION = {"user", "address"};
  private static final String[] ADDRESS = {"host", "port", "protocol"};
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final String HTTP = "HTTP";
  private static final Set<String> REGISTRABLE = Set.of(HTTP, "HTTPS", "WS", "WSS");

  private RegistryJson() {}

  /** A user and where he lives. */
  public record Registration(UserName user, UserAddress address) {}

  /** Reads {@code {"user":…,"address":…}}. */
  public static Registration registration(String text) {
    return Json.decode(text, RegistryJson::readRegistration);
  }

  /** Reads an address that may be registered. */
  public static UserAddress address(String text) {
    return Json.decode(text, in -> registrable(readAddress(in)));
  }

  /** Reads who is registered, into the order of the names. */
  public static Map<UserName, UserAddress> users(String text) {
    return Json.decode(text, RegistryJson::readUsers);
  }

  /** Writes a registration. */
  public static byte[] registration(UserName user, UserAddress address) {
    return Json.encode(
            out -> {
              out.beginObject().name("user").value(user.value()).name("address");
              write(out, address);
              out.endObject();
            })
        .bytes();
  }

  /** Writes an address. */
  public static byte[] address(UserAddress address) {
    return Json.encode(out -> write(out, address)).bytes();
  }

  /** Writes who is registered. */
  public static byte[] users(Map<UserName, UserAddress> users) {
    return Json.encode(
            out -> {
              out.beginObject();
              for (Map.Entry<UserName, UserAddress> user : users.entrySet()) {
                write(out.name(user.getKey().value()), user.getValue());
              }
              out.endObject();
            })
        .bytes();
  }

  private static Registration readRegistration(JsonIn in) {
    UserName user = null;
    UserAddress address = null;
    Fields fields = new Fields(in, REGISTRATION);
    for (int field = fields.next(); field != Fields.END; field = fields.next()) {
      if (field == 0) {
        user = Json.checkedOrNull(in, UserName::of);
      } else if (!in.skipNull()) {
        address = registrable(readAddress(in));
      }
    }
    return new Registration(Json.required(user, in, "user"), Json.required(address, in, "address"));
  }

  private static UserAddress readAddress(JsonIn in) {
    String host = null;
    Integer port = null;
    String protocol = null;
    Fields fields = new Fields(in, ADDRESS);
    for (int field = fields.next(); field != Fields.END; field = fields.next()) {
      switch (field) {
        case 0 -> host = Json.checkedOrNull(in, RegistryJson::host);
        case 1 -> port = readPort(in);
        default -> protocol = Json.checkedOrNull(in, RegistryJson::protocol);
      }
    }
    return new UserAddress(
        protocol == null ? HTTP : protocol,
        Json.required(host, in, "host"),
        Json.required(port, in, "port"));
  }

  private static String host(String host) {
    return new UserAddress(HTTP, host, 1).host();
  }

  private static String protocol(String protocol) {
    return new UserAddress(protocol, "host", 1).protocol();
  }

  private static @Nullable Integer readPort(JsonIn in) {
    if (in.skipNull()) {
      return null;
    }
    JsonIn.Token token = in.peek();
    if (token != JsonIn.Token.NUMBER && token != JsonIn.Token.STRING) {
      throw Json.wrong(in, "a port, 1 to 65535");
    }
    String digits = token == JsonIn.Token.NUMBER ? in.nextNumber() : in.nextString();
    int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65535) {
      throw Json.invalid(Json.place(in) + " is 1 to 65535, but was " + Printable.line(digits, 20));
    }
    return port;
  }

  private static UserAddress registrable(UserAddress address) {
    if (!REGISTRABLE.contains(address.protocol())) {
      throw Json.invalid("the protocol is none of HTTP, HTTPS, WS and WSS");
    }
    return address;
  }

  private static Map<UserName, UserAddress> readUsers(JsonIn in) {
    if (in.peek() != JsonIn.Token.BEGIN_OBJECT) {
      throw Json.wrong(in, "an object");
    }
    Map<UserName, UserAddress> users = new TreeMap<>();
    in.beginObject();
    while (in.hasNext()) {
      UserName user = UserName.of(in.nextName());
      if (users.put(user, readAddress(in)) != null) {
        throw new ChatException(ChatException.Code.INVALID, user + " is given twice");
      }
    }
    in.endObject();
    return Collections.unmodifiableMap(users);
  }

  private static void write(JsonOut out, UserAddress address) {
    out.beginObject().name("host").value(address.host()).name("port").value(address.port());
    if (!address.protocol().equals(HTTP)) {
      out.name("protocol").value(address.protocol());
    }
    out.endObject();
  }
}

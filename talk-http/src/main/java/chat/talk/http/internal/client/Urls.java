package chat.talk.http.internal.client;

import chat.talk.UserAddress;
import okhttp3.HttpUrl;
import org.jetbrains.annotations.Nullable;

/** Makes URLs of addresses. */
public final class Urls {
  /** Where a peer takes a message by POST. */
  public static final String MESSAGE = "/v1/message";

  /** Where a peer takes messages over WebSocket. */
  public static final String SOCKET = "/v1/ws/message";

  /** Where everybody says that he is well. */
  public static final String HEALTH = "/v1/health";

  private Urls() {}

  /** Whether an address asks for TLS. */
  static boolean isSecure(UserAddress address) {
    return address.protocol().equals("HTTPS") || address.protocol().equals("WSS");
  }

  /** The URL of a path at an address, or null when its host cannot stand in a URL. */
  static @Nullable HttpUrl of(UserAddress address, String path) {
    try {
      return new HttpUrl.Builder()
          .scheme(isSecure(address) ? "https" : "http")
          .host(address.host())
          .port(address.port())
          .encodedPath(path)
          .build();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

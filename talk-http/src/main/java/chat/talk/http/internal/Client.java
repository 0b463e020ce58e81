package chat.talk.http.internal;

import chat.talk.http.HttpRequest;
import java.net.InetAddress;
import org.jetbrains.annotations.Nullable;

/**
 * Who asks, as far as the server can tell.
 *
 * @param address where the client is; null when its connection is gone already
 * @param scheme that the client spoke, {@code http} or {@code https}
 * @param host that it asked for, null when it named none
 */
record Client(@Nullable InetAddress address, String scheme, @Nullable String host) {
  String shownAddress() {
    return address == null ? "-" : address.getHostAddress();
  }

  HttpRequest.Caller toCaller() {
    return new HttpRequest.Caller(shownAddress(), scheme, host == null ? "" : host);
  }
}

package chat.talk.http.internal;

import chat.talk.ChatException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jetbrains.annotations.Nullable;

/**
 * The proxies in front of a server whose word about their clients counts. What a list says is read
 * from its end, where the nearest proxy has written: further to the front a client may have written
 * what it likes.
 */
public final class Proxies {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private final List<IpSubnetFilterRule> trusted;

  /**
   * The proxies.
   *
   * @param trusted addresses such as {@code 10.0.0.7} and blocks such as {@code 10.0.0.0/8}
   * @throws ChatException with {@link ChatException.Code#INVALID} when one is neither
   */
  public Proxies(Collection<String> trusted) {
    this.trusted = trusted.stream().map(Proxies::parse).toList();
  }

  /** Fails as the constructor does. */
  public static void requireValid(String... blocks) {
    List.of(blocks).forEach(Proxies::parse);
  }

  private static IpSubnetFilterRule parse(String block) {
    String[] parts = block.split("/", 2);
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(parts[0]);
    if (address == null) {
      throw invalid(block);
    }
    int most = address.getAddress().length == 4 ? IPV4_BITS : IPV6_BITS;
    int bits = parts.length == 1 ? most : bits(parts[1], block);
    if (bits > most) {
      throw invalid(block);
    }
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }

  private static int bits(String text, String block) {
    if (!text.matches("[0-9]{1,3}")) {
      throw invalid(block);
    }
    return Integer.parseInt(text);
  }

  private static ChatException invalid(String block) {
    return new ChatException(
        ChatException.Code.INVALID, "neither an IP address nor a block of them: " + block);
  }

  boolean trusts(@Nullable InetAddress address) {
    if (address == null || trusted.isEmpty()) {
      return false;
    }
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return trusted.stream().anyMatch(rule -> rule.matches(socket));
  }

  /** Who sent a request that came from this address, as the proxies say or the request itself. */
  Client clientOf(@Nullable InetAddress peer, boolean isTls, HttpHeaders headers) {
    String scheme = isTls ? "https" : "http";
    String host = headers.get(HttpHeaderNames.HOST);
    if (!trusts(peer)) {
      return new Client(peer, scheme, host);
    }
    String told = last(headers, "X-Forwarded-Proto", scheme).toLowerCase(Locale.ROOT);
    return new Client(
        origin(peer, headers),
        told.equals("https") || told.equals("http") ? told : scheme,
        last(headers, "X-Forwarded-Host", host));
  }

  private InetAddress origin(InetAddress peer, HttpHeaders headers) {
    String[] hops = String.join(",", headers.getAll("X-Forwarded-For")).split(",", -1);
    InetAddress nearest = peer;
    for (int i = hops.length - 1; i >= 0 && trusts(nearest); i--) {
      InetAddress hop = address(hops[i].strip());
      if (hop == null) {
        return nearest;
      }
      nearest = hop;
    }
    return nearest;
  }

  /** Some proxies write the port too. */
  private static @Nullable InetAddress address(String hop) {
    String host = hop;
    if (hop.startsWith("[")) {
      host = hop.substring(1).replaceFirst("](:[0-9]+)?$", "");
    } else if (hop.indexOf(':') == hop.lastIndexOf(':')) {
      host = hop.replaceFirst(":[0-9]+$", "");
    }
    return NetUtil.createInetAddressFromIpAddressString(host);
  }

  private static @Nullable String last(
      HttpHeaders headers, String name, @Nullable String otherwise) {
    List<String> values = headers.getAll(name);
    if (values.isEmpty()) {
      return otherwise;
    }
    String value = values.get(values.size() - 1);
    return value.substring(value.lastIndexOf(',') + 1).strip();
  }
}

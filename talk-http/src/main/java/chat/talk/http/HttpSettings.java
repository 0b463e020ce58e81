package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.http.internal.client.Trust;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the HTTP and WebSocket transports and clients behave. Immutable: each {@code with…} answers
 * new settings and leaves these as they are.
 *
 * <pre>{@code
 * HttpSettings settings = HttpSettings.defaults()
 *     .withAnswerTimeout(Duration.ofSeconds(3))
 *     .withTrust(Path.of("our-ca.pem"));
 * }</pre>
 */
public final class HttpSettings {
  /** 8 MiB of JSON: a text of 1 MB in every script, escaped, and room to spare. */
  public static final int DEFAULT_MAX_MESSAGE = 8 * 1024 * 1024;

  /** OkHttp queues no WebSocket message above 16 MiB. */
  private static final int MOST_MESSAGE = 15 * 1024 * 1024;

  private static final HttpSettings DEFAULTS = new HttpSettings();

  private final Duration connectTimeout;
  private final Duration answerTimeout;
  private final int maxMessage;
  private final List<Certificate> trusted;
  private final Optional<Identity> identity;
  private final List<String> hosts;

  /**
   * What a TLS endpoint shows of itself.
   *
   * @param certificateChain a PEM file, the endpoint's own certificate first
   * @param privateKey a PEM file with the key in PKCS #8, not encrypted
   */
  public record Identity(Path certificateChain, Path privateKey) {
    /** Checks that both are there. */
    public Identity {
      Objects.requireNonNull(certificateChain, "certificateChain");
      Objects.requireNonNull(privateKey, "privateKey");
    }
  }

  private HttpSettings() {
    this(
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        DEFAULT_MAX_MESSAGE,
        List.of(),
        Optional.empty(),
        List.of());
  }

  private HttpSettings(
      Duration connectTimeout,
      Duration answerTimeout,
      int maxMessage,
      List<Certificate> trusted,
      Optional<Identity> identity,
      List<String> hosts) {
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
    this.maxMessage = maxMessage;
    this.trusted = trusted;
    this.identity = identity;
    this.hosts = hosts;
  }

  /**
   * 2 seconds to connect, 10 for an answer, messages up to {@value #DEFAULT_MAX_MESSAGE} bytes,
   * endpoints without TLS, clients that trust whom the JDK trusts.
   *
   * @return the same settings at each call
   */
  public static HttpSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Sets how long making a connection may take.
   *
   * @param timeout 1 millisecond to 1 hour
   * @return the new settings
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is out of bounds
   */
  public HttpSettings withConnectTimeout(Duration timeout) {
    return new HttpSettings(
        bounded("connectTimeout", timeout), answerTimeout, maxMessage, trusted, identity, hosts);
  }

  /**
   * Sets how long an answer may take: over HTTP the whole exchange once there is a connection, over
   * WebSocket the wait for the next answer while any is due.
   *
   * @param timeout 1 millisecond to 1 hour
   * @return the new settings
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is out of bounds
   */
  public HttpSettings withAnswerTimeout(Duration timeout) {
    return new HttpSettings(
        connectTimeout, bounded("answerTimeout", timeout), maxMessage, trusted, identity, hosts);
  }

  /**
   * Sets how large a message may be, both to be sent and to be taken in.
   *
   * @param bytes the most bytes of its JSON, 1024 to 15 MiB
   * @return the new settings
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is out of bounds
   */
  public HttpSettings withMaxMessage(int bytes) {
    if (bytes < 1024 || bytes > MOST_MESSAGE) {
      throw invalid("maxMessage is 1024 to " + MOST_MESSAGE + " bytes, but was " + bytes);
    }
    return new HttpSettings(connectTimeout, answerTimeout, bytes, trusted, identity, hosts);
  }

  /**
   * Lets clients trust the certificates in a file, besides those that the JDK trusts.
   *
   * @param certificates a PEM file, read at once
   * @return the new settings
   * @throws ChatException with {@link ChatException.Code#INVALID} when it holds no certificate
   */
  public HttpSettings withTrust(Path certificates) {
    return new HttpSettings(
        connectTimeout, answerTimeout, maxMessage, Trust.read(certificates), identity, hosts);
  }

  /**
   * Makes endpoints speak TLS, under the protocols {@code HTTPS} and {@code WSS}.
   *
   * @param certificateChain a PEM file, the endpoint's own certificate first
   * @param privateKey a PEM file with the key in PKCS #8, not encrypted
   * @return the new settings
   */
  public HttpSettings withCertificate(Path certificateChain, Path privateKey) {
    return new HttpSettings(
        connectTimeout,
        answerTimeout,
        maxMessage,
        trusted,
        Optional.of(new Identity(certificateChain, privateKey)),
        hosts);
  }

  /**
   * Tells endpoints by which names they are reached. An endpoint on loopback answers only to its
   * own address, to {@code localhost} and to these: one that a proxy makes public needs its public
   * name.
   *
   * @param names host names, without ports
   * @return the new settings
   */
  public HttpSettings withHosts(String... names) {
    return new HttpSettings(
        connectTimeout, answerTimeout, maxMessage, trusted, identity, List.of(names));
  }

  /**
   * How long making a connection may take.
   *
   * @return the time
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * How long an answer may take.
   *
   * @return the time
   */
  public Duration answerTimeout() {
    return answerTimeout;
  }

  /**
   * How large a message may be.
   *
   * @return bytes of its JSON
   */
  public int maxMessage() {
    return maxMessage;
  }

  /**
   * Whom clients trust besides those that the JDK trusts.
   *
   * @return unmodifiable, empty by default
   */
  public List<Certificate> trusted() {
    return trusted;
  }

  /**
   * What endpoints show of themselves.
   *
   * @return empty when they do not speak TLS
   */
  public Optional<Identity> identity() {
    return identity;
  }

  /**
   * By which names endpoints are reached.
   *
   * @return host names, without ports
   */
  public List<String> hosts() {
    return hosts;
  }

  private static Duration bounded(String name, Duration timeout) {
    if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw invalid(name + " is 1 ms to 1 hour, but was " + timeout);
    }
    return timeout;
  }

  private static ChatException invalid(String message) {
    return new ChatException(ChatException.Code.INVALID, message);
  }
}

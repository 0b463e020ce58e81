package chat.talk.http.internal;

import chat.talk.ChatException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** The certificate and key that a server shows. */
public final class Tls {
  private final SslContext context;

  private Tls(SslContext context) {
    this.context = context;
  }

  /**
   * Reads them.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} that names the files
   */
  public static Tls load(Path certificateChainPem, Path privateKeyPem) {
    requireFile(certificateChainPem);
    requireFile(privateKeyPem);
    try {
      return new Tls(
          SslContextBuilder.forServer(certificateChainPem.toFile(), privateKeyPem.toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .build());
    } catch (IllegalArgumentException | SSLException e) {
      throw new ChatException(
          ChatException.Code.INVALID,
          "no certificate in %s, or no PKCS #8 key of it in %s"
              .formatted(certificateChainPem, privateKeyPem),
          e);
    }
  }

  private static void requireFile(Path file) {
    if (!Files.isReadable(file)) {
      throw new ChatException(ChatException.Code.INVALID, "cannot read " + file);
    }
  }

  SslHandler newHandler(ByteBufAllocator allocator, Duration handshakeTimeout) {
    SslHandler handler = context.newHandler(allocator);
    handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
    return handler;
  }
}

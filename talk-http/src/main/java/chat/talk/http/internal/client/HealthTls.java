package chat.talk.http.internal.client;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jetbrains.annotations.Nullable;

/** The TLS of health checks, made when first needed; for one thread. */
final class HealthTls {
  private final List<Certificate> trusted;
  private @Nullable SslContext context;

  HealthTls(List<Certificate> trusted) {
    this.trusted = trusted;
  }

  SslContext context() throws SSLException {
    if (context == null) {
      context = SslContextBuilder.forClient().trustManager(Trust.manager(trusted)).build();
    }
    return context;
  }
}

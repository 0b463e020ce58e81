package chat.talk.http.internal.client;

import chat.talk.ChatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jetbrains.annotations.Nullable;

/** Whom a TLS client trusts: whom the JDK does, and some certificates besides. */
public final class Trust {
  private Trust() {}

  /** The certificates in a PEM file. */
  public static List<Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw Answers.invalid("no certificate in " + file);
      }
      return List.copyOf(found);
    } catch (NoSuchFileException e) {
      throw unreadable("there is no file " + file, e);
    } catch (IOException e) {
      throw unreadable("cannot read " + file, e);
    } catch (GeneralSecurityException e) {
      throw unreadable("no certificate in " + file, e);
    }
  }

  private static ChatException unreadable(String why, Exception cause) {
    return new ChatException(ChatException.Code.INVALID, why, cause);
  }

  /** Decides whom to trust. */
  public static X509TrustManager manager(List<Certificate> besides) {
    try {
      if (besides.isEmpty()) {
        return manager((KeyStore) null);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      add(store, "jdk", Arrays.asList(manager((KeyStore) null).getAcceptedIssuers()));
      add(store, "own", besides);
      return manager(store);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  /** Makes TLS sockets that ask the manager. */
  static SSLSocketFactory sockets(X509TrustManager manager) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private static void add(KeyStore store, String prefix, List<? extends Certificate> certificates)
      throws GeneralSecurityException {
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry(prefix + i, certificates.get(i));
    }
  }

  private static X509TrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static ChatException unusable(Exception e) {
    return new ChatException(ChatException.Code.INTERNAL, "TLS cannot be set up: " + e, e);
  }
}

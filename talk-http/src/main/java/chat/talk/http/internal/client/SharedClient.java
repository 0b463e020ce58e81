package chat.talk.http.internal.client;

import chat.talk.http.HttpSettings;
import java.util.Objects;
import okhttp3.OkHttpClient;
import org.jetbrains.annotations.Nullable;

/**
 * One client for all connections of a transport, made for the first and stopped with the last. What
 * OkHttp shares in the JVM is beyond reach: its task threads end a minute after their last task.
 */
public final class SharedClient {
  private static final int AT_ONCE = 4096;

  private final HttpSettings settings;
  private int holders;
  private @Nullable OkHttpClient plain;
  private @Nullable OkHttpClient secure;

  /** A holder of a client that isn't there yet. */
  public SharedClient(HttpSettings settings) {
    this.settings = settings;
  }

  /** Holds the client until {@link #release()}. */
  public synchronized OkHttpClient hold() {
    if (holders++ == 0) {
      plain = Clients.create(settings, false, AT_ONCE);
    }
    return Objects.requireNonNull(plain);
  }

  /** What was held, for TLS. It's made when first asked for, because that takes a while. */
  synchronized OkHttpClient secure(OkHttpClient held) {
    if (secure != null && held == plain) {
      return secure;
    }
    OkHttpClient made = Clients.secure(held, settings);
    secure = held == plain ? made : secure;
    return made;
  }

  /** Gives the client up; the last one stops it. */
  public void release() {
    OkHttpClient last = releaseOne();
    if (last != null) {
      last.dispatcher().executorService().shutdown();
    }
  }

  private synchronized @Nullable OkHttpClient releaseOne() {
    if (--holders > 0) {
      return null;
    }
    OkHttpClient last = plain;
    plain = null;
    secure = null;
    return last;
  }

  HttpSettings settings() {
    return settings;
  }
}

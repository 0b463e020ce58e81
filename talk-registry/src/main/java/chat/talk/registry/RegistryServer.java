package chat.talk.registry;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Registry;
import chat.talk.RegistryStore;
import chat.talk.Scheduler;
import chat.talk.http.HttpHealth;
import chat.talk.http.HttpServer;
import chat.talk.http.HttpSettings;
import chat.talk.http.RegistryApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.jetbrains.annotations.Nullable;

/**
 * A registry on the network: serves over HTTP who lives where, asks everybody every so often
 * whether he is still there, and removes whoever has failed to answer several times in a row.
 *
 * <pre>{@code
 * try (RegistryServer server = RegistryServer.builder().listenOn("127.0.0.1", 8070).start()) {
 *   System.out.println("Register at " + server.url());
 *   ...
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class RegistryServer implements AutoCloseable {
  private final String scheme;
  private final ExecutorService storeThreads;
  private final Registry registry;
  private final HttpHealth health;
  private final HealthChecks checks;
  private final HttpServer server;

  private RegistryServer(Builder setup) {
    scheme = setup.certificate == null ? "http" : "https";
    storeThreads = StoreThreads.open();
    registry = Registry.on(setup.store, storeThreads);
    health = new HttpHealth(setup.maxParallelChecks, setup.checkTimeout, setup.settings());
    checks = new HealthChecks(setup.store, storeThreads, health::check, setup.mayFail);
    try {
      server = listen(setup);
    } catch (RuntimeException e) {
      health.close();
      storeThreads.shutdown();
      throw e;
    }
    checks.start(setup.scheduler, setup.checkEvery);
  }

  private HttpServer listen(Builder setup) {
    HttpServer.Builder http =
        HttpServer.builder()
            .name("registry")
            .listenOn(setup.host, setup.port)
            .allowHosts(setup.hosts);
    if (setup.certificate != null) {
      http.tls(setup.certificate, Objects.requireNonNull(setup.key));
    }
    RegistryApi.serve(registry, http);
    return http.start();
  }

  /**
   * Begins a registry server.
   *
   * @return what to set up and start
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The local address it listens on.
   *
   * @return as {@link Builder#listenOn} was told
   */
  public String host() {
    return server.host();
  }

  /**
   * The port it listens on.
   *
   * @return the real one, also when it was asked for any that is free
   */
  public int port() {
    return server.port();
  }

  /**
   * Where clients on this machine reach it.
   *
   * @return such as {@code http://127.0.0.1:8070}
   */
  public String url() {
    String host = host().contains(":") ? "[" + host() + "]" : host();
    return scheme + "://" + host + ":" + port();
  }

  /**
   * The registry that is served, for use within this JVM.
   *
   * @return follows the same rules as over the network
   */
  public Registry registry() {
    return registry;
  }

  /**
   * Stops checking and listening; open requests are answered first. Bounded; twice does nothing.
   */
  @Override
  public void close() {
    checks.close();
    server.close();
    health.close();
    storeThreads.shutdown();
  }

  /** Sets up a {@link RegistryServer}. Not safe for use by several threads. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private RegistryStore store = RegistryStore.inMemory();
    private Scheduler scheduler = Scheduler.system();
    private Duration checkEvery = Duration.ofMinutes(2);
    private Duration checkTimeout = Duration.ofSeconds(2);
    private int maxParallelChecks = 256;
    private int mayFail = 3;
    private @Nullable Path certificate;
    private @Nullable Path key;
    private @Nullable Path trusted;
    private String[] hosts = {};

    private Builder() {}

    private HttpSettings settings() {
      HttpSettings settings = HttpSettings.defaults();
      return trusted == null ? settings : settings.withTrust(trusted);
    }

    /**
     * Where to listen; {@code 127.0.0.1} and any free port unless set.
     *
     * @param host the local address
     * @param port 0 for any that is free
     * @return this
     */
    public Builder listenOn(String host, int port) {
      this.host = Objects.requireNonNull(host, "host");
      this.port = port;
      return this;
    }

    /**
     * Where users are kept; in memory unless set.
     *
     * @param store remains the caller's; its calls may block
     * @return this
     */
    public Builder store(RegistryStore store) {
      this.store = Objects.requireNonNull(store, "store");
      return this;
    }

    /**
     * Whose time counts; the system's unless set.
     *
     * @param scheduler the clock
     * @return this
     */
    public Builder scheduler(Scheduler scheduler) {
      this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
      return this;
    }

    /**
     * How often everybody is asked for his health; every 2 minutes unless set. A round that takes
     * longer delays the next.
     *
     * @param interval more than zero
     * @return this
     * @throws ChatException with {@link Code#INVALID} when it is not
     */
    public Builder checkEvery(Duration interval) {
      this.checkEvery = positive("checkEvery", interval);
      return this;
    }

    /**
     * How long one check may take; 2 seconds unless set.
     *
     * @param timeout more than zero
     * @return this
     * @throws ChatException with {@link Code#INVALID} when it is not
     */
    public Builder checkTimeout(Duration timeout) {
      this.checkTimeout = positive("checkTimeout", timeout);
      return this;
    }

    /**
     * How many checks are under way at once; 256 unless set: 10,000 users who never answer are then
     * through within 80 seconds, at 2 seconds each.
     *
     * @param checks at least 1
     * @return this
     * @throws ChatException with {@link Code#INVALID} when it is less
     */
    public Builder maxParallelChecks(int checks) {
      this.maxParallelChecks = atLeastOne("maxParallelChecks", checks);
      return this;
    }

    /**
     * How many checks in a row a user may fail; 3 unless set. One more removes him.
     *
     * @param failures at least 1
     * @return this
     * @throws ChatException with {@link Code#INVALID} when it is less
     */
    public Builder mayFail(int failures) {
      this.mayFail = atLeastOne("mayFail", failures);
      return this;
    }

    /**
     * Serves HTTPS instead of HTTP.
     *
     * @param certificate the certificate chain, in PEM
     * @param key its private key, in PEM
     * @return this
     */
    public Builder tls(Path certificate, Path key) {
      this.certificate = Objects.requireNonNull(certificate, "certificate");
      this.key = Objects.requireNonNull(key, "key");
      return this;
    }

    /**
     * Trusts more certificates than the JDK does when users who serve TLS are asked for their
     * health.
     *
     * @param certificates a file of them, in PEM
     * @return this
     */
    public Builder trust(Path certificates) {
      this.trusted = Objects.requireNonNull(certificates, "certificates");
      return this;
    }

    /**
     * By which names it is reached. A registry on loopback answers only to its own address, to
     * {@code localhost} and to these: one that a proxy makes public needs its public name.
     *
     * @param names host names, without ports
     * @return this
     */
    public Builder allowHosts(String... names) {
      this.hosts = names.clone();
      return this;
    }

    /**
     * Starts to listen and to check.
     *
     * @return the server, which is ready
     * @throws ChatException with {@link Code#CANNOT_LISTEN} when it cannot listen there, {@link
     *     Code#INVALID} when a certificate or key cannot be read
     */
    public RegistryServer start() {
      return new RegistryServer(this);
    }

    private static Duration positive(String name, Duration duration) {
      if (duration.isZero() || duration.isNegative()) {
        throw invalid(name + " is more than zero, but was " + duration);
      }
      return duration;
    }

    private static int atLeastOne(String name, int number) {
      if (number < 1) {
        throw invalid(name + " is at least 1, but was " + number);
      }
      return number;
    }

    private static ChatException invalid(String message) {
      return new ChatException(Code.INVALID, message);
    }
  }
}

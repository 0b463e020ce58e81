package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.http.internal.client.RegistryClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A registry somewhere else, reached over HTTP. A call that finds nobody is tried once more when
 * that cannot change what it does. There is nothing to close: its threads are daemons that end, and
 * its connections close, within seconds of the last call.
 */
public final class HttpRegistry implements Registry {
  private final RegistryClient client;

  private HttpRegistry(RegistryClient client) {
    this.client = client;
  }

  /**
   * The registry at a URL, with {@link HttpSettings#defaults()}.
   *
   * @param url such as {@code http://localhost:8070}, with a path when the API isn't at the root
   * @return the registry; whether it's there shows with the first call
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no such URL
   */
  public static HttpRegistry at(String url) {
    return at(url, HttpSettings.defaults());
  }

  /**
   * The registry at a URL.
   *
   * @param url such as {@code http://localhost:8070}, with a path when the API isn't at the root
   * @param settings timeouts, and whom to trust
   * @return the registry; whether it's there shows with the first call
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no such URL
   */
  public static HttpRegistry at(String url, HttpSettings settings) {
    return new HttpRegistry(RegistryClient.at(url, settings));
  }

  @Override
  public CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim) {
    return client.register(user, address, claim);
  }

  @Override
  public CompletableFuture<Void> update(UserName user, UserAddress address, Claim claim) {
    return client.update(user, address, claim);
  }

  @Override
  public CompletableFuture<Void> remove(UserName user, Claim claim) {
    return client.remove(user, claim);
  }

  @Override
  public CompletableFuture<Map<UserName, UserAddress>> users() {
    return client.users();
  }

  /** The URL. */
  @Override
  public String toString() {
    return client.toString();
  }
}

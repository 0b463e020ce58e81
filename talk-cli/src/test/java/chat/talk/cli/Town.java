package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Claim;
import chat.talk.Peer;
import chat.talk.Registry;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;

/** Peers in this JVM, and a registry that can be switched off. */
final class Town implements AutoCloseable {
  private final Registry real = Registry.inMemory();
  private final Transport loopback = Transport.loopback();
  private final List<ChatClient> clients = new ArrayList<>();
  private final BlockingQueue<ChatMessage> received = new LinkedBlockingQueue<>();

  volatile boolean isRegistryGone;

  final Registry registry =
      new Registry() {
        @Override
        public CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim) {
          return real.register(user, address, claim);
        }

        @Override
        public CompletableFuture<Void> update(UserName user, UserAddress address, Claim claim) {
          return real.update(user, address, claim);
        }

        @Override
        public CompletableFuture<Void> remove(UserName user, Claim claim) {
          return real.remove(user, claim);
        }

        @Override
        public CompletableFuture<Map<UserName, UserAddress>> users() {
          return isRegistryGone
              ? CompletableFuture.failedFuture(
                  new ChatException(ChatException.Code.UNREACHABLE, "nobody\nat home"))
              : real.users();
        }
      };

  /** A peer whose messages {@link #nextMessage} gives. */
  Peer add(String name) {
    return add(name, (me, message) -> received.add(message));
  }

  Peer add(String name, ChatMessageListener listener) {
    return start(name, registry, listener);
  }

  /** Has the user live at another address from now on; his old one goes on answering. */
  UserAddress move(String name) {
    Peer moved = start(name, Registry.inMemory(), (me, message) -> received.add(message));
    real.update(moved.name(), moved.address(), Claim.NONE).join();
    return moved.address();
  }

  private Peer start(String name, Registry registry, ChatMessageListener listener) {
    Peer client =
        ChatClient.peer(name)
            .registry(registry)
            .transport(loopback)
            .listener(listener)
            .claim(Claim.NONE)
            .start();
    clients.add(client);
    return client;
  }

  void remove(String name) {
    real.remove(UserName.of(name), Claim.NONE).join();
  }

  void register(String name, UserAddress address) {
    real.register(UserName.of(name), address, Claim.NONE).join();
  }

  @Nullable
  ChatMessage nextMessage() throws InterruptedException {
    return received.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clients.forEach(ChatClient::close);
  }
}

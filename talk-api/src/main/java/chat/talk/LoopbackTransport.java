package chat.talk;

import chat.talk.ChatException.Code;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.annotations.Nullable;

/** Hands envelopes over in this JVM. Its network is a map from ports to endpoints. */
final class LoopbackTransport implements Transport {
  private static final String PROTOCOL = "LOOPBACK";
  private static final int FIRST_FREE_PORT = 1024;
  private static final int LAST_PORT = 65535;

  /** How long an endpoint that closes waits for its receiver. */
  private static final long GRACE_MILLIS = 1000;

  private final Map<Integer, LoopbackEndpoint> endpoints = new ConcurrentHashMap<>();

  @Override
  public Set<String> protocols() {
    return Set.of(PROTOCOL);
  }

  @Override
  public Endpoint open(String host, int port, Receiver receiver) {
    int last = port == 0 ? LAST_PORT : port;
    for (int number = port == 0 ? FIRST_FREE_PORT : port; number <= last; number++) {
      UserAddress address = new UserAddress(PROTOCOL, host, number);
      LoopbackEndpoint endpoint = new LoopbackEndpoint(address, receiver);
      if (endpoints.putIfAbsent(number, endpoint) == null) {
        return endpoint;
      }
    }
    throw new ChatException(Code.CANNOT_LISTEN, "cannot listen on port " + port + ": it is in use");
  }

  @Override
  public Connection connect(UserAddress address) {
    return new LoopbackConnection(address);
  }

  private final class LoopbackEndpoint implements Endpoint {
    private final UserAddress address;
    private final Receiver receiver;
    private final Unanswered unanswered = new Unanswered();

    LoopbackEndpoint(UserAddress address, Receiver receiver) {
      this.address = address;
      this.receiver = receiver;
    }

    @Override
    public UserAddress address() {
      return address;
    }

    CompletableFuture<Void> receive(Envelope envelope) {
      try {
        return unanswered.track(receiver.receive(envelope).copy());
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(ChatException.of(e));
      }
    }

    @Override
    public void close() {
      endpoints.remove(address.port(), this);
      unanswered.await();
      unanswered.fail(unreachable(address));
    }
  }

  private final class LoopbackConnection implements Connection {
    private final UserAddress address;
    private final Unanswered unanswered = new Unanswered();
    private volatile boolean spent;

    LoopbackConnection(UserAddress address) {
      this.address = address;
    }

    @Override
    public CompletableFuture<Void> deliver(Envelope envelope) {
      LoopbackEndpoint endpoint = endpoints.get(address.port());
      if (endpoint == null || spent) {
        spent = true;
        return CompletableFuture.failedFuture(unreachable(address));
      }
      return unanswered.track(endpoint.receive(envelope).copy());
    }

    @Override
    public void close() {
      spent = true;
      unanswered.fail(unreachable(address));
    }
  }

  private static ChatException unreachable(UserAddress address) {
    return new ChatException(Code.UNREACHABLE, "nobody listens at " + address);
  }

  /** Futures that whoever closes one side must not leave waiting. */
  private static final class Unanswered {
    private final AtomicLong count = new AtomicLong();
    private final Map<Long, CompletableFuture<Void>> futures = new ConcurrentHashMap<>();
    private volatile @Nullable ChatException end;

    CompletableFuture<Void> track(CompletableFuture<Void> future) {
      long number = count.incrementAndGet();
      futures.put(number, future);
      future.whenComplete((done, failure) -> futures.remove(number));
      ChatException late = end;
      if (late != null) {
        future.completeExceptionally(late);
      }
      return future;
    }

    /** Waits until all there are have an answer, but not for long. */
    void await() {
      try {
        CompletableFuture.allOf(futures.values().toArray(CompletableFuture<?>[]::new))
            .get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // Whoever waits for an answer is told.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Fails all there are, and all to come. */
    void fail(ChatException failure) {
      end = failure;
      futures.values().forEach(future -> future.completeExceptionally(failure));
    }
  }
}

package chat.talk;

import chat.talk.ChatException.Code;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Hands envelopes over in this JVM. Its network is a map from ports to receivers. */
final class LoopbackTransport implements Transport {
  private static final String PROTOCOL = "LOOPBACK";
  private static final int FIRST_FREE_PORT = 1024;

  private final Map<Integer, Receiver> receivers = new ConcurrentHashMap<>();

  @Override
  public Set<String> protocols() {
    return Set.of(PROTOCOL);
  }

  @Override
  public Endpoint open(String host, int port, Receiver receiver) {
    int taken = port == 0 ? takeFree(receiver) : take(port, receiver);
    return new LoopbackEndpoint(new UserAddress(PROTOCOL, host, taken), receiver);
  }

  private int take(int port, Receiver receiver) {
    if (receivers.putIfAbsent(port, receiver) != null) {
      throw new ChatException(Code.UNREACHABLE, "cannot listen on port " + port + ": it is in use");
    }
    return port;
  }

  private int takeFree(Receiver receiver) {
    int port = FIRST_FREE_PORT;
    while (receivers.putIfAbsent(port, receiver) != null) {
      port++;
    }
    return port;
  }

  @Override
  public Connection connect(UserAddress address) {
    return new LoopbackConnection(address);
  }

  private final class LoopbackEndpoint implements Endpoint {
    private final UserAddress address;
    private final Receiver receiver;

    LoopbackEndpoint(UserAddress address, Receiver receiver) {
      this.address = address;
      this.receiver = receiver;
    }

    @Override
    public UserAddress address() {
      return address;
    }

    @Override
    public void close() {
      receivers.remove(address.port(), receiver);
    }
  }

  private final class LoopbackConnection implements Connection {
    private final UserAddress address;
    private final AtomicLong delivered = new AtomicLong();
    private final Map<Long, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private volatile boolean spent;

    LoopbackConnection(UserAddress address) {
      this.address = address;
    }

    @Override
    public CompletableFuture<Void> deliver(Envelope envelope) {
      Receiver receiver = receivers.get(address.port());
      if (receiver == null || spent) {
        spent = true;
        return CompletableFuture.failedFuture(unreachable());
      }
      CompletableFuture<Void> answer = receiver.receive(envelope).copy();
      long number = delivered.incrementAndGet();
      underWay.put(number, answer);
      answer.whenComplete((done, failure) -> underWay.remove(number));
      return answer;
    }

    @Override
    public void close() {
      spent = true;
      underWay.values().forEach(answer -> answer.completeExceptionally(unreachable()));
    }

    private ChatException unreachable() {
      return new ChatException(Code.UNREACHABLE, "nobody listens at " + address);
    }
  }
}

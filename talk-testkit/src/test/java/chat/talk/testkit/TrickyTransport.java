package chat.talk.testkit;

import chat.talk.Envelope;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A loopback that a test may take apart. */
final class TrickyTransport implements Transport {
  final Transport real = Transport.loopback();
  volatile Function<UserAddress, Connection> connecting = real::connect;
  volatile UnaryOperator<Endpoint> opening = endpoint -> endpoint;

  @Override
  public Set<String> protocols() {
    return real.protocols();
  }

  @Override
  public Endpoint open(String host, int port, Receiver receiver) {
    return opening.apply(real.open(host, port, receiver));
  }

  @Override
  public Connection connect(UserAddress address) {
    return connecting.apply(address);
  }

  void mend() {
    connecting = real::connect;
  }

  /** A connection made of what it does. */
  record Way(Function<Envelope, CompletableFuture<Void>> delivery, Runnable closing)
      implements Connection {
    Way(Function<Envelope, CompletableFuture<Void>> delivery) {
      this(delivery, () -> {});
    }

    @Override
    public CompletableFuture<Void> deliver(Envelope envelope) {
      return delivery.apply(envelope);
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  /** An endpoint that does something more when it is closed. */
  record Place(Endpoint real, Runnable closing) implements Endpoint {
    @Override
    public UserAddress address() {
      return real.address();
    }

    @Override
    public void close() {
      real.close();
      closing.run();
    }
  }
}

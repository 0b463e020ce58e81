package chat.talk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.testkit.Faults;
import chat.talk.testkit.SimulatedNetwork;
import chat.talk.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** How an application tests itself: its listener, over a network that fails, in virtual time. */
class OrderDeskTest {
  private static final int ORDERS = 50;

  private final long seed = Long.getLong(Simulation.SEED_PROPERTY, new Random().nextLong());
  private final Simulation simulation = new Simulation(seed);
  private final SimulatedNetwork network = new SimulatedNetwork(simulation);
  private final Hub hub =
      HubEngine.builder(HubStorage.inMemory())
          .executor(simulation.executor())
          .scheduler(simulation.scheduler())
          .random(simulation.newRandom())
          .open();

  @RepeatedTest(20)
  void everyOrderIsConfirmedOnceAndInTurnWhateverTheNetworkDoes() {
    List<String> confirmed = new ArrayList<>();
    HubClient desk = join("desk", new OrderDesk());
    HubClient customer = join("customer", (me, message) -> confirmed.add(message.text()));
    simulation.runUntil(
        () -> desk.connected().isDone() && customer.connected().isDone(), Duration.ofMinutes(1));

    network.faults(Faults.rough());
    for (int i = 0; i < ORDERS; i++) {
      customer.send(new Draft(MessageId.of("order-" + i), UserName.of("desk"), "Order " + i));
      simulation.run(Duration.ofMillis(100));
    }
    network.heal();
    simulation.run(Duration.ofMinutes(5));

    assertThat(confirmed)
        .as(simulation.toString())
        .isEqualTo(IntStream.range(0, ORDERS).mapToObj(i -> "Confirmed: Order " + i).toList());
  }

  private HubClient join(String name, ChatMessageListener listener) {
    Simulation.Node node = simulation.newNode();
    return HubClient.join(network.at(hub, name), name)
        .listener(listener)
        .executor(node)
        .scheduler(node)
        .random(node.random())
        .open();
  }

  /** The application: its answer's id follows from the order's, so that it can't go out twice. */
  private static final class OrderDesk implements ChatMessageListener {
    @Override
    public void onMessage(ChatClient me, ChatMessage order) {
      MessageId id = MessageId.of("re-" + order.id());
      me.send(new Draft(id, order.author(), "Confirmed: " + order.text()));
    }
  }
}

package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A network between clients and a hub, with all that goes wrong in one, in virtual time. It ends
 * the connections to a hub that is up by itself only for a fault; {@link CrashableHub} makes hubs
 * that are not always up.
 *
 * <pre>{@code
 * SimulatedNetwork network = new SimulatedNetwork(simulation).faults(Faults.rough());
 * Hub seenByAlice = network.at(hub, "alice");
 * Hub seenByBob = network.at(hub, "bob");
 * network.isolate(List.of("bob"), Duration.ofSeconds(3));
 * network.heal();
 * }</pre>
 *
 * <p>It promises as little as a network may. Requests of one session arrive in the order of the
 * calls, except that the last of them may be lost, or come late: after the client has given up the
 * session and has another. A transport that lets requests of one session overtake each other is
 * none for Talk. Answers, chunks and notices may be lost, doubled and exchanged. An attempt to
 * connect that the client has given up, by making another one, reaches the hub no more.
 *
 * <p>Runs in the simulation, and like it is not for several threads.
 */
public final class SimulatedNetwork {
  final Simulation simulation;
  private final List<NetworkEnd> ends = new ArrayList<>();
  private Faults faults = Faults.none();

  /**
   * A good network.
   *
   * @param simulation whose time and chance count
   */
  public SimulatedNetwork(Simulation simulation) {
    this.simulation = simulation;
  }

  /**
   * A hub as a client sees it over this network.
   *
   * @param target the hub itself, which remains the caller's: closing what is returned breaks its
   *     connections only
   * @param end names the client's end; one for each device, so that its attempts to connect are
   *     known to be of one
   * @return the far hub
   */
  public Hub at(Hub target, String end) {
    NetworkEnd added = new NetworkEnd(this, target, end, faults);
    ends.add(added);
    return added;
  }

  /**
   * Sets the faults of all ends, those to come as well.
   *
   * @param common from now on
   * @return this
   */
  public SimulatedNetwork faults(Faults common) {
    faults = common;
    ends.forEach(end -> end.faults = common);
    return this;
  }

  /**
   * Sets the faults of one end.
   *
   * @param end its name
   * @param own from now on
   * @return this
   */
  public SimulatedNetwork faults(String end, Faults own) {
    named(end).forEach(each -> each.faults = own);
    return this;
  }

  /**
   * Breaks an end's connection, in one of the ways that {@link Faults#cut} names.
   *
   * @param end its name
   */
  public void cut(String end) {
    named(end).forEach(NetworkEnd::cut);
  }

  /**
   * Lets nothing pass any more on an end's present connection.
   *
   * @param end its name
   */
  public void halfOpen(String end) {
    named(end).forEach(NetworkEnd::halfOpen);
  }

  /**
   * Parts some ends from their hub. Some of their connections break by that; others live on, and
   * what was under way arrives when it is over.
   *
   * @param names which ends
   * @param span for how long
   */
  public void isolate(Collection<String> names, Duration span) {
    long until = simulation.now() + span.toNanos();
    for (NetworkEnd end : ends) {
      if (names.contains(end.name)) {
        end.isolate(until);
      }
    }
  }

  /** Ends all faults. Connections that have suffered already end within their idle limit. */
  public void heal() {
    faults(Faults.none());
    ends.forEach(NetworkEnd::heal);
  }

  /** Those of all ends that have none of their own. */
  Faults faults() {
    return faults;
  }

  private List<NetworkEnd> named(String name) {
    List<NetworkEnd> found = ends.stream().filter(end -> end.name.equals(name)).toList();
    if (found.isEmpty()) {
      throw new ChatException(Code.INVALID, "the network has no end " + name);
    }
    return found;
  }
}

package chat.talk.cli;

import chat.talk.ChatMessageListener;
import chat.talk.UserName;
import chat.talk.hub.HubBuilder;
import chat.talk.hub.HubEngine;
import chat.talk.room.BlobStore;
import chat.talk.room.Chat;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.HubStorage;
import chat.talk.room.Outbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A hub in this JVM, and people who come to it with terminals; root looks after it. */
final class HubHouse implements AutoCloseable {
  static final String URL = "http://127.0.0.1:8000";

  final HubEngine hub;
  final CountDownLatch ended = new CountDownLatch(1);
  private final Path home;
  private final List<HubClient> clients = new ArrayList<>();

  HubHouse(Path home) {
    this(home, builder -> builder);
  }

  HubHouse(Path home, UnaryOperator<HubBuilder> setup) {
    this.home = home;
    this.hub =
        setup
            .apply(
                HubEngine.builder(HubStorage.inMemory())
                    .administrators(UserName.of("root"))
                    .blobs(BlobStore.inMemory(1 << 20))
                    .passwordCost(4))
            .open();
  }

  Arrival arrival(String name) {
    return new Arrival(hub, devices(name), null, null);
  }

  Devices devices(String name) {
    return new Devices(home, URL, UserName.of(name));
  }

  /** Enters the lines as somebody, waits for what comes of each, and leaves. */
  Screen enter(String name, String... lines) {
    return enter(arrival(name), lines);
  }

  /** The same, for who comes otherwise. */
  Screen enter(Arrival arrival, String... lines) {
    Screen screen = new Screen(lines);
    screen.exitCode = run(arrival, screen.console());
    return screen;
  }

  /** The same with answers as JSON. */
  Screen enterJson(String name, String... lines) {
    Screen screen = new Screen(lines);
    screen.exitCode = run(arrival(name), screen.jsonConsole());
    return screen;
  }

  int run(Arrival arrival, Console console) {
    return run(arrival, console, () -> {});
  }

  /** The same, with something that is done once the hub has let him in. */
  int run(Arrival arrival, Console console, Runnable onceConnected) {
    try (SecretFile file = arrival.requireTerminal()) {
      Outbox outbox = new Outboxes(home.resolve("outbox")).of(URL, arrival.devices(), file);
      RoomSession session = new RoomSession(arrival, console, outbox, ended::countDown);
      try (HubClient me = arrival.terminal(file, outbox, session.screen())) {
        onceConnected.run();
        return session.run(me);
      }
    }
  }

  /** Somebody who is there without a terminal, until the house closes. */
  HubClient client(String name) {
    return client(name, (me, message) -> {});
  }

  HubClient client(String name, ChatMessageListener listener) {
    HubClient client = HubClient.join(hub, name).listener(listener).start();
    clients.add(client);
    return client;
  }

  /** Shuts out all devices of somebody who has been here before. */
  void revokeAll(String name) {
    try (HubClient script = script(name)) {
      script.devices().join().forEach(device -> script.revokeDevice(device.id()));
    }
  }

  /** The chats of somebody who has been here before. */
  List<Chat> chats(String name) {
    try (HubClient script = script(name)) {
      return script.chats().join();
    }
  }

  /** The device for scripts of somebody who has been here before. */
  HubClient script(String name) {
    try (SecretFile file = devices(name).awaitScript()) {
      return arrival(name).further(file, HubClientBuilder::readsByItself);
    }
  }

  boolean awaitEnd() throws InterruptedException {
    return ended.await(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clients.forEach(HubClient::close);
    hub.close();
  }
}

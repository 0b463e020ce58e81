package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.room.Command;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The private chats of a simulation: how people come in, by name or by link, and how they go. */
final class SimulatedRooms {
  private static final int COUNT = 4;
  private static final int PEOPLE = 12;
  private static final int USES = 30;
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Simulation simulation;
  private final RandomGenerator random;
  private final List<Actor> firsts;
  private final List<Room> rooms = new ArrayList<>();

  SimulatedRooms(Simulation simulation, RandomGenerator random, List<Actor> firsts) {
    this.simulation = simulation;
    this.random = random;
    this.firsts = firsts;
  }

  void create() {
    for (int i = 0; i < COUNT; i++) {
      Token link = Token.of("link-" + i + "-abcdefghijklmnopqrstuvwxyz");
      create(new Room(ChatId.of("room" + i), firsts.get(i * 3), link));
    }
  }

  private void create(Room room) {
    room.owner
        .client()
        .call(new Command.Create(room.id, "A room"))
        .whenComplete(
            (chat, failure) -> {
              if (failure == null) {
                open(room);
              } else if (ChatException.of(failure).code() != Code.CLOSED) {
                simulation.at(simulation.now() + PAUSE.toNanos(), () -> create(room));
              }
            });
  }

  private void open(Room room) {
    rooms.add(room);
    room.owner
        .client()
        .createLink(room.id, room.link, Duration.ofHours(1), USES)
        .thenRun(() -> people().forEach(each -> bring(each, room)));
  }

  private List<Actor> people() {
    return firsts.subList(0, PEOPLE);
  }

  private void bring(Actor guest, Room room) {
    if (random.nextBoolean()) {
      invite(guest, room);
    } else {
      knock(guest, room);
    }
  }

  private static void invite(Actor guest, Room room) {
    if (guest != room.owner && room.owner.isRunning()) {
      room.owner.client().invite(room.id, guest.user);
    }
  }

  private static void knock(Actor guest, Room room) {
    if (guest != room.owner && guest.isRunning()) {
      guest.client().knock(room.link);
    }
  }

  /** Somebody comes or goes. */
  void act(Actor actor) {
    if (!rooms.isEmpty()) {
      act(actor, rooms.get(random.nextInt(rooms.size())));
    }
  }

  private void act(Actor actor, Room room) {
    Actor member = firsts.get(random.nextInt(PEOPLE));
    int what = random.nextInt(9);
    if (what < 2) {
      actor.client().leave(room.id);
    } else if (what < 4) {
      remove(member, room);
    } else if (what < 8) {
      bring(member, room);
    } else if (room.owner.isRunning()) {
      room.owner.answerAll(room.id);
    }
  }

  private static void remove(Actor member, Room room) {
    if (member != room.owner && room.owner.isRunning()) {
      room.owner.client().remove(room.id, member.user);
    }
  }

  private record Room(ChatId id, Actor owner, Token link) {}
}

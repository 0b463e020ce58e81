package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.testkit.Recorder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A text that is mended later is no more visible than it was at first. */
final class EditedTextTest {
  private final Hub hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final Recorder heard = new Recorder();
  private final HubClient alice = HubClient.join(hub, "alice").start();
  private final HubClient bob = HubClient.join(hub, "bob").listener(heard).start();

  @AfterEach
  void close() {
    alice.close();
    bob.close();
    hub.close();
  }

  @Test
  void whoCameLaterIsNotShownTheNewTextOfWhatWasSaidBefore() {
    Chat room = alice.create("Room").join();
    Entry before = alice.send(room.id(), "a secret").join();
    letBobIn(room.id());
    alice.edit(before.event().id(), "a better secret").join();
    Entry after = alice.send(room.id(), "hello").join();
    heard.awaitTexts("hello");
    alice.edit(after.event().id(), "hello, bob").join();
    List<Entry> history = bob.readAfter(room.id(), Cursor.START, 100).join().entries();
    assertThat(edits(history)).containsExactly("", "hello, bob");
    assertThat(alice.readAfter(room.id(), Cursor.START, 100).join().entries())
        .extracting(Entry::event)
        .filteredOn(Event.Edited.class::isInstance)
        .extracting(event -> ((Event.Edited) event).text())
        .containsExactly("a better secret", "hello, bob");
  }

  @Test
  void norIsHeFedIt() {
    Chat room = alice.create("Room").join();
    Entry before = alice.send(room.id(), "a secret").join();
    letBobIn(room.id());
    alice.edit(before.event().id(), "a better secret").join();
    alice.send(room.id(), "hello").join();
    heard.awaitTexts("hello");
    assertThat(edits(heard.entries())).containsExactly("");
  }

  private void letBobIn(ChatId room) {
    alice.invite(room, UserName.of("bob")).join();
    bob.accept(room).join();
  }

  private static List<String> edits(List<Entry> entries) {
    return entries.stream()
        .map(Entry::event)
        .filter(Event.Edited.class::isInstance)
        .map(event -> ((Event.Edited) event).text())
        .toList();
  }
}

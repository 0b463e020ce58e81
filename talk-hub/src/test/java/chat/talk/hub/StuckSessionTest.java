package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.hub.DirectHub.Visitor;
import chat.talk.room.Chunk;
import chat.talk.room.Feed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a hub holds for a session whose client takes nothing: the same, however much there is. */
final class StuckSessionTest {
  private static final int CHATS = 40;

  /** More than a tail holds, so that the storage has to be read. */
  private static final int EACH = 2_500;

  private static final int MAX_PAGES = 2;

  private final DirectHub hub = new DirectHub();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void sessionThatTakesNothingHoldsItsPlacesAndSessionThatTakesLittleTwoPages() {
    Visitor alice = hub.join("alice");
    Visitor stuck = hub.join("stuck");
    List<ChatId> chats = IntStream.range(0, CHATS).mapToObj(i -> alice.createWith(stuck)).toList();
    stuck.takeAll();
    int wakeUps = stuck.wakeUps;
    long reads = hub.storage.reads();
    Map<ChatId, List<Entry>> said = new HashMap<>();
    chats.forEach(chat -> said.put(chat, fill(alice, chat)));

    LocalSession session = (LocalSession) stuck.session;
    assertThat(session.readers).hasSize(CHATS + 1);
    assertThat(session.view().behind()).isEqualTo(CHATS);
    assertThat(session.hasHeardAll()).isTrue();
    assertThat(stuck.wakeUps - wakeUps).isEqualTo(1);
    assertThat(hub.storage.reads()).as("reads for who asked for nothing").isEqualTo(reads);

    assertThat(takeOneByOne(stuck, reads)).isEqualTo(said);
  }

  private static List<Entry> fill(Visitor author, ChatId chat) {
    return IntStream.range(0, EACH).mapToObj(i -> author.say(chat, "message " + i)).toList();
  }

  /** Whatever was read from the storage has been taken, but for two pages. */
  private Map<ChatId, List<Entry>> takeOneByOne(Visitor stuck, long readsBefore) {
    Map<ChatId, List<Entry>> came = new HashMap<>();
    int chunks = 0;
    for (Feed feed = stuck.session.poll(1); !feed.isEmpty(); feed = stuck.session.poll(1)) {
      for (Chunk chunk : feed.chunks()) {
        came.computeIfAbsent(chunk.chat(), chat -> new ArrayList<>()).addAll(chunk.entries());
        chunks++;
      }
      assertThat(hub.storage.reads() - readsBefore)
          .as("pages read, when %s chunks were taken", chunks)
          .isLessThanOrEqualTo(chunks + MAX_PAGES);
    }
    return came;
  }

  @Test
  void signalsThatNobodyTakesAreBounded() {
    Visitor stuck = hub.join("stuck");
    LocalSession session = (LocalSession) stuck.session;
    for (int i = 0; i < 100_000; i++) {
      session.tell(new Notice.Presence(UserName.of("user-" + i), true));
    }
    List<Notice> came = session.poll(1).notices();
    assertThat(came).hasSizeBetween(100, 2_000);
    assertThat(came.get(came.size() - 1))
        .isEqualTo(new Notice.Presence(UserName.of("user-99999"), true));
  }
}

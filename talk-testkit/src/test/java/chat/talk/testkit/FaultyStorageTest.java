package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The storage that fails when told to; otherwise it holds the contract. */
final class FaultyStorageTest extends HubStorageContract {
  private final FaultyStorage faulty = new FaultyStorage(HubStorage.inMemory());

  @Override
  protected HubStorage open() {
    return faulty;
  }

  @Test
  void refusedWriteChangesNothing() {
    faulty.refuseWrites(2);
    assertFails(Code.STORAGE, () -> commit(new Change.Put(user("alice"))));
    assertFails(Code.STORAGE, () -> append(message("one")));
    assertThat(facts()).isEmpty();
    assertThat(readAll(CHAT)).isEmpty();
    append(message("two"));
    assertThat(readAll(CHAT)).containsExactly(message("two"));
  }

  @Test
  void writeWhoseAnswerIsLostWasMade() {
    faulty.loseAnswers(1);
    assertFails(Code.TIMED_OUT, () -> commit(new Change.Append(message("one"))));
    assertThat(readAll(CHAT)).containsExactly(message("one"));
    assertThat(commit(new Change.Append(message("one"))).get(0).isNew()).isFalse();
  }

  @Test
  void refusedReadsEndWithTheirNumber() {
    append(message("one"));
    faulty.refuseReads(2);
    assertFails(Code.STORAGE, () -> faulty.facts());
    assertFails(Code.STORAGE, () -> readAll(CHAT));
    assertThat(readAll(CHAT)).hasSize(1);
  }

  @Test
  void everythingFailsUntilItIsMended() {
    faulty.refuseWrites(FaultyStorage.ALL);
    faulty.refuseReads(FaultyStorage.ALL);
    for (int i = 0; i < 3; i++) {
      assertFails(Code.STORAGE, () -> faulty.savePosition(BOB, CHAT, Cursor.END));
      assertFails(Code.STORAGE, () -> faulty.position(BOB, CHAT));
    }
    faulty.mend();
    assertThat(faulty.position(BOB, CHAT)).isEqualTo(Cursor.START);
  }

  @Test
  void callsAreCountedAlsoWhenTheyFail() {
    faulty.refuseWrites(1);
    assertFails(Code.STORAGE, () -> commit());
    faulty.append(List.of());
    faulty.heads();
    faulty.usage();
    assertThat(faulty.writes()).isEqualTo(2);
    assertThat(faulty.reads()).isEqualTo(1);
  }

  private static void assertFails(Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

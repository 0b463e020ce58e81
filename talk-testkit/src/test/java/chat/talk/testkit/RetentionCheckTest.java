package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.testkit.Violation.Kind;
import org.junit.jupiter.api.Test;

/** What {@link HistoryChecker} finds where a storage drops what is old. */
class RetentionCheckTest extends HistoryFixture {
  @Test
  void whatTheStorageDroppedIsMissedOnlyByThoseWhoWereTold() {
    say(alice, GENERAL, "1");
    everybodySees(say(alice, GENERAL, "2"));
    say(alice, GENERAL, "3");
    alice.lost(GENERAL);
    checker.log(GENERAL, general, 3);
    assertThat(kinds()).containsExactly(Kind.INCOMPLETE);

    bob.lost(GENERAL);
    everybodySees(say(alice, GENERAL, "4"));
    checker.log(GENERAL, general, 3);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aLossWithoutNeedIsFound() {
    everybodySees(say(alice, GENERAL, "1"));
    alice.lost(GENERAL);
    checker.log(GENERAL, general, 0);

    assertThat(kinds()).containsExactly(Kind.FALSE_LOSS);
  }

  @Test
  void onlyWhatIsKeptMustCountAsUnread() {
    everybodySees(say(alice, GENERAL, "1"));
    everybodySees(say(alice, GENERAL, "2"));
    bob.askedChatsAtEnd(chat(1, 0, 2));
    checker.log(GENERAL, general, 1);
    assertThat(kinds()).isEmpty();

    bob.askedChats(chat(0, 0, 2));
    assertThat(kinds()).containsExactly(Kind.WRONG_UNREAD);
  }

  @Test
  void aMessageThatTheStorageForgotMayComeAgain() {
    everybodySees(say(alice, GENERAL, "1"));
    everybodySees(add(general, message(GENERAL, ALICE, "1")));
    checker.log(GENERAL, general, 1);

    assertThat(kinds()).isEmpty();
  }
}

package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.room.HubStorage.Change;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The part of {@link HubStorageContract} about texts that change and go. */
abstract class HubStorageTextContract extends HubStorageFixture {
  private static final MessageKey UNKNOWN = new MessageKey(ALICE, MessageId.of("unknown"));

  @Test
  void rewrittenMessageKeepsItsPlace() {
    List<Entry> entries = storage.append(messages("text", 3));
    ChatMessage old = (ChatMessage) entries.get(1).event();
    commit(new Change.Rewrite(old.key(), "better"));
    ChatMessage edited = old.edited("better");
    assertThat(readAll(CHAT)).containsExactly(message("text-0"), edited, message("text-2"));
    assertThat(now(entries.get(1))).isEqualTo(edited);
    assertThat(storage.get(ALICE, old.id())).contains(new Entry(entries.get(1).cursor(), edited));
    assertThat(readBack(CHAT, Cursor.END, 1)).isEqualTo(readOn(CHAT, Cursor.START, 2));
  }

  @Test
  void everyTextIsKeptWhenAMessageIsRewritten() {
    ChatMessage message = message("one");
    append(message);
    for (String text : Texts.UNICODE) {
      commit(new Change.Rewrite(message.key(), text));
      assertThat(readAll(CHAT)).containsExactly(message.edited(text));
    }
  }

  @Test
  void rewrittenMessageKeepsAFileAndNoBody() {
    ChatMessage file = carrying(message("file"), Samples.attachment(false));
    ChatMessage body = carrying(message("body"), Samples.attachment(true));
    storage.append(List.of(file, body));
    commit(new Change.Rewrite(file.key(), "better"), new Change.Rewrite(body.key(), "better"));
    assertThat(readAll(CHAT)).containsExactly(file.edited("better"), body.edited("better"));
    assertThat(file.edited("better").attachment()).isEqualTo(file.attachment());
    assertThat(body.edited("better").attachment()).isNull();
  }

  @Test
  void blankMessageCarriesNothing() {
    ChatMessage erased = carrying(message("erased"), Samples.attachment(false));
    ChatMessage expired = carrying(message("expired"), Samples.attachment(true));
    storage.append(List.of(erased, expired));
    commit(new Change.Erase(erased.key()));
    assertThat(readAll(CHAT)).containsExactly(erased.blanked(Revision.ERASED), expired);
    commit(new Change.Expire(CHAT, storage.head(CHAT)));
    assertThat(readAll(CHAT))
        .containsExactly(erased.blanked(Revision.ERASED), expired.blanked(Revision.EXPIRED));
  }

  @Test
  void commentIsStillOneAfterItWasRewritten() {
    ChatMessage target = message("one");
    ChatMessage comment = comment("two", target.key());
    storage.append(List.of(target, comment));
    commit(new Change.Rewrite(comment.key(), "better"));
    assertThat(events(hub().comments(target.key(), Cursor.START, 5).entries()))
        .containsExactly(comment.edited("better"));
  }

  @Test
  void erasedMessageKeepsItsPlaceWithoutItsText() {
    ChatMessage message = message("one");
    Entry entry = append(message);
    commit(new Change.Erase(message.key()));
    ChatMessage blank = message.blanked(Revision.ERASED);
    assertThat(readOn(CHAT, Cursor.START, 5)).containsExactly(new Entry(entry.cursor(), blank));
    assertThat(storage.get(ALICE, message.id()).get().event()).isEqualTo(blank);
  }

  @Test
  void whatAnErasedMessageSaidBeforeGoesWithIt() {
    ChatMessage message = message("one");
    ChatMessage other = message("two");
    storage.append(List.of(message, other, edit("e1", message, "first"), edit("e2", other, "2")));
    commit(new Change.Rewrite(message.key(), "second"));
    append(edit("e3", message, "second"));
    commit(new Change.Erase(message.key()));
    assertThat(readAll(CHAT))
        .containsExactly(
            message.blanked(Revision.ERASED),
            other,
            edit("e1", message, ""),
            edit("e2", other, "2"),
            edit("e3", message, ""));
  }

  @Test
  void editsOfAnotherAuthorsMessageOfTheSameIdStay() {
    ChatMessage alices = message(CHAT, ALICE, "same", "Alice's");
    ChatMessage bobs = message(CHAT, BOB, "same", "Bob's");
    storage.append(List.of(alices, bobs, edit("e1", alices, "hers"), edit("e2", bobs, "his")));
    commit(new Change.Erase(alices.key()));
    assertThat(readAll(CHAT))
        .containsExactly(
            alices.blanked(Revision.ERASED), bobs, edit("e1", alices, ""), edit("e2", bobs, "his"));
  }

  @Test
  void expiredTextsGoUpToThePlace() {
    ChatMessage first = message("first");
    ChatMessage second = message("second");
    ChatMessage third = message("third");
    List<Entry> entries =
        storage.append(
            List.of(first, edit("e1", first, "1"), second, third, edit("e2", third, "3")));
    Entry elsewhere = append(message(OTHER, BOB, "elsewhere", "stays"));
    commit(new Change.Expire(CHAT, entries.get(2).cursor()));
    assertThat(readAll(CHAT))
        .containsExactly(
            first.blanked(Revision.EXPIRED),
            edit("e1", first, ""),
            second.blanked(Revision.EXPIRED),
            third,
            edit("e2", third, "3"));
    assertThat(now(elsewhere)).isEqualTo(elsewhere.event());
  }

  @Test
  void editsOfAnExpiredMessageGoWhereverTheyStand() {
    ChatMessage message = message("one");
    Entry entry = append(message);
    storage.append(List.of(message("two"), edit("late", message, "changed")));
    commit(new Change.Expire(CHAT, entry.cursor()));
    assertThat(readAll(CHAT))
        .containsExactly(
            message.blanked(Revision.EXPIRED), message("two"), edit("late", message, ""));
  }

  @Test
  void textsExpireStretchByStretch() {
    List<Entry> entries = storage.append(messages("text", 5));
    for (int i : new int[] {1, 0, 1, 3}) {
      commit(new Change.Expire(CHAT, entries.get(i).cursor()));
    }
    assertThat(readAll(CHAT))
        .extracting(event -> ((ChatMessage) event).revision().isBlank())
        .containsExactly(true, true, true, true, false);
    commit(new Change.Expire(CHAT, Cursor.END));
    append(message("later"));
    assertThat(readAll(CHAT))
        .extracting(event -> ((ChatMessage) event).revision())
        .containsOnly(Revision.EXPIRED, Revision.ORIGINAL)
        .endsWith(Revision.EXPIRED, Revision.ORIGINAL);
  }

  @Test
  void blankMessageStaysAsItIs() {
    ChatMessage erased = message("erased");
    ChatMessage expired = message("expired");
    append(expired);
    commit(new Change.Expire(CHAT, storage.head(CHAT)));
    append(erased);
    commit(new Change.Erase(erased.key()));
    List<Event> before = readAll(CHAT);
    for (MessageKey key : List.of(erased.key(), expired.key())) {
      commit(new Change.Rewrite(key, "back again"), new Change.Erase(key));
    }
    commit(new Change.Expire(CHAT, Cursor.END));
    assertThat(readAll(CHAT)).isEqualTo(before);
  }

  @Test
  void whatIsUnknownStaysSo() {
    append(message("one"));
    commit(
        new Change.Rewrite(UNKNOWN, "text"),
        new Change.Erase(UNKNOWN),
        new Change.Expire(OTHER, Cursor.END),
        new Change.Drop(user("nobody")));
    assertThat(readAll(CHAT)).containsExactly(message("one"));
    assertThat(storage.chats()).containsExactly(CHAT);
  }

  @Test
  void placeOfAnotherLifeExpiresNothing() {
    append(message("one"));
    commit(new Change.Expire(CHAT, foreign(storage.head(CHAT))));
    assertThat(readAll(CHAT)).containsExactly(message("one"));
  }

  @Test
  void eventsWithoutATextStayAsTheyAre() {
    Event joined = new Event.Joined(CHAT, MessageId.of("joined"), ALICE, NOW, BOB);
    append(joined);
    commit(new Change.Rewrite(joined.key(), "text"), new Change.Erase(joined.key()));
    commit(new Change.Expire(CHAT, Cursor.END));
    assertThat(readAll(CHAT)).containsExactly(joined);
  }

  @Test
  void repeatAfterAChangeBringsNothingBack() {
    ChatMessage message = message("one");
    Entry entry = append(message);
    commit(new Change.Erase(message.key()));
    Entry blank = new Entry(entry.cursor(), message.blanked(Revision.ERASED));
    assertThat(append(message)).isEqualTo(blank);
    assertThat(commit(new Change.Append(message)).get(0).entry()).isEqualTo(blank);
    assertThat(readOn(CHAT, Cursor.START, 5)).containsExactly(blank);
  }

  @Test
  void pageThatWasReadStaysAsItWas() {
    List<Entry> entries = storage.append(messages("text", 3));
    Page page = storage.readAfter(CHAT, Cursor.START, 3);
    commit(new Change.Erase(entries.get(0).event().key()));
    commit(new Change.Expire(CHAT, Cursor.END));
    append(message("later"));
    assertThat(page.entries()).isEqualTo(entries);
  }

  @Test
  void messageMayBeAppendedChangedAndErasedAtOnce() {
    ChatMessage message = message("one");
    ChatMessage other = message("two");
    commit(
        new Change.Append(message),
        new Change.Rewrite(message.key(), "changed"),
        new Change.Append(edit("edit", message, "changed")),
        new Change.Erase(message.key()),
        new Change.Rewrite(other.key(), "too early"),
        new Change.Append(other));
    assertThat(readAll(CHAT))
        .containsExactly(message.blanked(Revision.ERASED), edit("edit", message, ""), other);
  }

  @Test
  void textThatIsNoUnicodeIsInvalid() {
    Assertions.assertThatThrownBy(() -> new Change.Rewrite(UNKNOWN, "half \uD83D"))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
  }
}

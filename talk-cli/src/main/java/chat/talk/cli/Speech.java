package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.Entry;
import org.jetbrains.annotations.Nullable;

/** Says what the user wants to be said. A person goes on meanwhile, a script waits. */
final class Speech {
  private final Seat seat;

  Speech(Seat seat) {
    this.seat = seat;
  }

  void say(String command, Draft draft) {
    if (seat.console().isScripted()) {
      said(command, Seat.finish(seat.me().send(draft)));
      return;
    }
    String where = seat.rooms().label(draft.to());
    seat.unsent().asked(draft);
    seat.me()
        .send(draft)
        .whenComplete(
            (entry, failure) -> {
              seat.unsent().answered(draft.id());
              report(command, where, draft.text(), failure);
            });
  }

  /** What comes next may point at it. */
  private void said(String command, Entry entry) {
    seat.screen().awaitShown(entry);
    if (seat.console().isForPrograms()) {
      seat.answer(command, "", entry);
    }
  }

  /** Whoever leaves before there is an answer leaves it in his outbox. */
  private void report(String command, String where, String text, @Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    ChatException why = ChatException.of(failure);
    if (why.code() != Code.CLOSED) {
      seat.refused(command, "not sent to " + where + ": ", why, text);
    }
  }
}

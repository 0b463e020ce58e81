package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/**
 * What members see of their chats, with how much is unread. Only the loop's; what isn't known is
 * counted by the storage beside it, and told as unknown when the storage fails.
 */
final class Views {
  private final Store store;
  private final Fetcher fetcher;
  private final Loop loop;

  Views(Store store, Fetcher fetcher, Loop loop) {
    this.store = store;
    this.fetcher = fetcher;
    this.loop = loop;
  }

  Reply<Chat> of(Membership membership) {
    return answer -> answer(List.of(membership), chats -> chats.get(0), answer);
  }

  /** Those of all chats that a user is in. */
  <R> Reply<R> of(Account account, Function<List<Chat>, R> what) {
    return answer -> answer(open(account), what, answer);
  }

  private static List<Membership> open(Account account) {
    return account.memberships.values().stream().filter(Membership::isOpen).toList();
  }

  private <R> void answer(
      List<Membership> shown, Function<List<Chat>, R> what, CompletableFuture<R> answer) {
    List<Chat> chats = new ArrayList<>(shown.stream().map(Views::view).toList());
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < chats.size(); i++) {
      if (!shown.get(i).knowsUnread()) {
        open.add(new Open(i, shown.get(i), shown.get(i).moment(), unreadStretch(shown.get(i))));
      }
    }
    if (open.isEmpty() || store.readsFail()) {
      answer.complete(what.apply(chats));
    } else {
      count(open, chats)
          .thenAccept(done -> answer.complete(what.apply(chats)))
          .exceptionally(
              failure -> {
                answer.completeExceptionally(ChatException.of(failure));
                return null;
              });
    }
  }

  /** A chat of which it isn't known yet what is unread; where it stands among those to tell. */
  private record Open(int index, Membership membership, Membership.Moment when, Stretch stretch) {}

  private CompletableFuture<Void> count(List<Open> open, List<Chat> chats) {
    UserName user = open.get(0).membership.account.name();
    List<Stretch> stretches = open.stream().map(Open::stretch).toList();
    return fetcher
        .read(() -> store.count(user, stretches))
        .handle((counts, failure) -> counted(open, chats, counts, failure));
  }

  private @Nullable Void counted(
      List<Open> open, List<Chat> chats, @Nullable List<Long> counts, @Nullable Throwable failure) {
    if (counts == null) {
      ChatException why = ChatException.of(failure);
      if (why.code() == Code.CLOSED) {
        throw why;
      }
      return null;
    }
    for (int i = 0; i < counts.size(); i++) {
      int index = open.get(i).index;
      chats.set(index, chats.get(index).withUnread(counts.get(i)));
    }
    loop.insist(batch -> remember(open, counts));
    return null;
  }

  private static void remember(List<Open> open, List<Long> counts) {
    for (int i = 0; i < counts.size(); i++) {
      open.get(i).membership.setUnread(counts.get(i), open.get(i).when);
    }
  }

  private static Stretch unreadStretch(Membership membership) {
    List<Fact.Range> ranges = membership.ranges();
    Cursor begin = ranges.get(ranges.size() - 1).after();
    Cursor read = membership.savedRead();
    Cursor after = begin.sequence() > read.sequence() ? begin : read;
    return new Stretch(membership.room.id(), after, membership.room.head());
  }

  private static Chat view(Membership membership) {
    Room room = membership.room;
    Fact.Room fact = room.fact();
    return new Chat(
        fact.id(),
        fact.kind(),
        fact.title(),
        fact.owner(),
        fact.closed(),
        membership.knowsUnread() ? membership.unread() : Chat.UNREAD_UNKNOWN,
        membership.savedRead(),
        room.head());
  }
}

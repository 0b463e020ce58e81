package chat.talk.hub;

import chat.talk.Cursor;
import chat.talk.room.Chat;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Stretch;
import java.util.Collection;
import java.util.List;

/** What members see of their chats, with how much is unread. Only the loop's. */
final class Views {
  private final HubStorage storage;

  Views(HubStorage storage) {
    this.storage = storage;
  }

  Chat of(Membership membership) {
    count(membership.account, List.of(membership));
    return view(membership);
  }

  /** Those of all chats that a user is in. */
  List<Chat> of(Account account) {
    List<Membership> open =
        account.memberships.values().stream().filter(Membership::isOpen).toList();
    count(account, open);
    return open.stream().map(Views::view).toList();
  }

  private void count(Account account, Collection<Membership> shown) {
    List<Membership> unknown = shown.stream().filter(one -> !one.knowsUnread()).toList();
    if (unknown.isEmpty()) {
      return;
    }
    List<Stretch> stretches = unknown.stream().map(Views::unreadStretch).toList();
    List<Long> counts = storage.count(account.name(), stretches);
    for (int i = 0; i < counts.size(); i++) {
      unknown.get(i).setUnread(counts.get(i));
    }
  }

  private static Stretch unreadStretch(Membership membership) {
    List<Fact.Range> ranges = membership.ranges();
    Cursor begin = ranges.get(ranges.size() - 1).after();
    Cursor read = membership.read();
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
        membership.unread(),
        membership.read(),
        room.head());
  }
}

package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.room.Chunk;
import chat.talk.room.Feed;
import chat.talk.room.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/** The way of chunks and notices to a client, with a window so that they don't pile up. */
final class Downlink {
  private final NetworkSession session;
  private final NetworkEnd end;
  private final int window;
  private @Nullable Session far;
  private Session.@Nullable Listener client;

  /** Chunks and notices that the client may poll. */
  private final ArrayDeque<Object> arrived = new ArrayDeque<>();

  /** Whether the client wants to be told that something has arrived. */
  private boolean tells = true;

  /** Chats in which the client knows its place, so that it sees a hole. */
  private final Set<ChatId> placed;

  private boolean pumping;

  /** Entries that were sent, and not yet reported as taken. */
  private int underWay;

  /** Entries that the client has taken, and not yet reported. */
  private int taken;

  Downlink(NetworkSession session, Set<ChatId> resumed) {
    this.session = session;
    this.placed = new HashSet<>(resumed);
    this.end = session.end;
    this.window = end.faults.window;
  }

  void start(Session hub, Session.Listener listener) {
    far = hub;
    client = listener;
    ready();
  }

  // The hub's side.

  /** The hub may have something; it is fetched in a moment, never inside of the hub's call. */
  void ready() {
    if (!pumping && far != null) {
      pumping = true;
      end.simulation.executor().execute(this::pump);
    }
  }

  private void pump() {
    pumping = false;
    boolean hasMore = true;
    while (hasMore && !session.hubKnows() && underWay < window) {
      Feed feed = far.poll(window - underWay);
      hasMore = feed.hasMore();
      underWay += size(feed);
      if (!feed.isEmpty()) {
        send(feed);
      }
    }
  }

  private static int size(Feed feed) {
    int size = feed.notices().size();
    for (Chunk chunk : feed.chunks()) {
      size += size(chunk);
    }
    return size;
  }

  private static int size(Object item) {
    return item instanceof Chunk chunk ? Math.max(1, chunk.entries().size()) : 1;
  }

  private void send(Feed feed) {
    if (isDisturbed(feed)) {
      feed.notices().forEach(this::sendBadly);
      feed.chunks().forEach(this::sendBadly);
    } else {
      session.down(() -> arrive(feed));
    }
    feed.notices().forEach(this::follow);
    feed.chunks().forEach(chunk -> placed.add(chunk.chat()));
  }

  private void follow(Notice notice) {
    ChatId jumping = jumping(notice);
    if (jumping != null) {
      placed.remove(jumping);
    }
  }

  /** The chat whose next chunk may begin anywhere. */
  private static @Nullable ChatId jumping(Object item) {
    return item instanceof Notice.Lost lost ? lost.chat() : null;
  }

  /** Whether the client can tell that it is missing, or too late. */
  private boolean isMissed(Object item) {
    return item instanceof Chunk chunk ? placed.contains(chunk.chat()) : jumping(item) == null;
  }

  private boolean isDisturbed(Feed feed) {
    Faults faults = end.faults;
    int items = feed.notices().size() + feed.chunks().size();
    double any =
        faults.loseChunk + faults.duplicateChunk + faults.reorder + faults.cut + faults.halfOpen;
    return any > 0 && end.random.nextDouble() < any * items;
  }

  /** One item of a feed of which some suffer. */
  private void sendBadly(Object item) {
    Faults faults = end.faults;
    double all =
        faults.loseChunk + faults.duplicateChunk + faults.reorder + faults.cut + faults.halfOpen;
    double fate = end.random.nextDouble() * all;
    if (fate < faults.loseChunk + faults.reorder && !isMissed(item)) {
      session.down(() -> arrive(item));
    } else if (fate < faults.loseChunk) {
      session.doom();
    } else if ((fate -= faults.loseChunk) < faults.reorder) {
      session.downLate(() -> arrive(item));
    } else if ((fate -= faults.reorder) < faults.duplicateChunk) {
      session.down(() -> arrive(item));
      sendAgain(item);
    } else if (fate - faults.duplicateChunk < faults.cut) {
      session.down(() -> arrive(item));
      session.cut();
    } else {
      session.silence();
    }
  }

  private void sendAgain(Object item) {
    if (jumping(item) == null) {
      session.downLate(() -> arrive(item));
    } else {
      session.down(() -> arrive(item));
    }
  }

  private void credit(int count) {
    underWay = Math.max(0, underWay - count);
    if (!session.hubKnows()) {
      ready();
    }
  }

  // The client's side.

  private void arrive(Feed feed) {
    arrived.addAll(feed.notices());
    arrived.addAll(feed.chunks());
    wake();
  }

  private void arrive(Object item) {
    arrived.add(item);
    wake();
  }

  private void wake() {
    if (tells && !session.clientKnows()) {
      tells = false;
      client.onReady();
    }
  }

  /** Takes what has come; notices end a feed that has chunks, for they come first in one. */
  Feed poll(int maxEntries) {
    if (arrived.isEmpty()) {
      tells = true;
      return Feed.EMPTY;
    }
    List<Notice> notices = new ArrayList<>(2);
    while (arrived.peek() instanceof Notice notice) {
      notices.add(notice);
      arrived.remove();
    }
    int size = notices.size();
    List<Chunk> chunks = new ArrayList<>(2);
    while (size < maxEntries && arrived.peek() instanceof Chunk chunk) {
      chunks.add(chunk);
      size += size(chunk);
      arrived.remove();
    }
    take(size);
    tells = arrived.isEmpty();
    return new Feed(chunks, notices, !tells);
  }

  /** Tells the hub's side that there is room again, when that is worth a frame. */
  private void take(int count) {
    taken += count;
    if (taken * 2 >= window) {
      int reported = taken;
      taken = 0;
      session.up(() -> credit(reported));
    }
  }
}

package chat.talk.bench;

import java.util.ArrayList;
import java.util.List;

/** A room with its senders and what its readers have seen. For the load's thread, once it runs. */
final class LoadRoom {
  /** Senders of a room at most. */
  static final int SENDERS = 10_000;

  private final int index;
  private final String name;
  private final List<LoadSender> senders = new ArrayList<>();
  private final List<Track> tracks = new ArrayList<>();

  LoadRoom(int index, String name) {
    this.index = index;
    this.name = name;
  }

  int index() {
    return index;
  }

  String name() {
    return name;
  }

  void addReader(LoadClient client) {
    Track track = new Track(this);
    tracks.add(track);
    client.follow(track);
  }

  LoadSender addSender(LoadClient client, int window, int textLength) {
    int from = senders.size();
    LoadSender sender = new LoadSender(client, this, from, window, textLength);
    senders.add(sender);
    client.sendBy(sender);
    return sender;
  }

  LoadSender sender(int from) {
    return senders.get(from);
  }

  List<LoadSender> senders() {
    return senders;
  }

  long sent() {
    return senders.stream().mapToLong(LoadSender::sent).sum();
  }

  /** How many messages are on their way to readers. */
  long missing() {
    long sent = sent();
    return tracks.stream().mapToLong(track -> sent - track.count()).sum();
  }

  /** How many messages the first reader is behind the one who is ahead of all. */
  long lag() {
    return tracks.stream().mapToLong(Track::count).max().orElse(0) - tracks.get(0).count();
  }

  /** How many readers have seen another order than the first one. */
  long differing() {
    return tracks.stream().filter(track -> track.order() != tracks.get(0).order()).count();
  }
}

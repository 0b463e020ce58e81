package chat.talk.hub;

import chat.talk.room.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The links of one chat: those that open, and for a while those that did. */
final class Links {
  /** How long it is remembered that a link has expired. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Map<String, Link> all = new LinkedHashMap<>();

  void put(Link link) {
    all.put(link.id(), link);
  }

  void remove(Link link) {
    all.remove(link.id());
  }

  List<Link> open(Instant now) {
    return all.values().stream().filter(link -> link.opensAt(now)).toList();
  }

  /** Those to forget: long over, or the first to expire of too many that open no more. */
  List<Link> old(Instant now, int most) {
    Instant before = now.minus(REMEMBERED);
    List<Link> over =
        all.values().stream()
            .filter(link -> !link.opensAt(now))
            .sorted(Comparator.comparing(Link::expires))
            .toList();
    int surplus = Math.max(0, over.size() - most);
    return Stream.concat(
            over.stream().limit(surplus),
            over.stream().skip(surplus).filter(link -> link.expires().isBefore(before)))
        .toList();
  }
}

package chat.talk.http;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/** Sends answers in the order of what they answer, whichever is ready first. */
final class OrderedAnswers {
  private final Consumer<String> out;

  // Guarded by this, as are the places in it.
  private final ArrayDeque<Place> open = new ArrayDeque<>();

  /**
   * Nothing to answer yet.
   *
   * @param out sends an answer; must not block, for it's called under the lock that keeps the order
   */
  OrderedAnswers(Consumer<String> out) {
    this.out = out;
  }

  /** Where an answer will stand. */
  static final class Place {
    private @Nullable String answer;
  }

  /** Keeps the place of an answer; to be called in the order of what is to be answered. */
  synchronized Place next() {
    Place place = new Place();
    open.add(place);
    return place;
  }

  /** Sends the answer as soon as all those before it have been. */
  synchronized void fill(Place place, String answer) {
    place.answer = answer;
    while (!open.isEmpty() && open.element().answer != null) {
      out.accept(open.remove().answer);
    }
  }
}

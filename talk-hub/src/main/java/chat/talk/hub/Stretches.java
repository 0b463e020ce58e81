package chat.talk.hub;

import chat.talk.Cursor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * Stretches that are being read from the storage or were lately: readers who are behind at the same
 * place share one, and what it is encoded to. Without that, a crowd that falls behind together
 * would cost so much that it could not come back.
 */
final class Stretches {
  private static final int SLOTS = 32;

  /** Heavier ones are shared while they are read, and not kept: this bounds the memory. */
  private static final long MAX_WEIGHT = Weight.ENOUGH / 2;

  private final AtomicReferenceArray<@Nullable Known> slots = new AtomicReferenceArray<>(SLOTS);

  /** What was asked for when the room's log was at this revision. */
  private record Known(Room room, Cursor from, int revision, CompletableFuture<Stretch> stretch) {
    boolean answers(Room asked, Cursor place) {
      return room == asked
          && from.equals(place)
          && revision == asked.tail().revision()
          && !(stretch.isDone() && leadsNowhere());
    }

    private boolean leadsNowhere() {
      return stretch.isCompletedExceptionally() || stretch.join().chunk().next().equals(from);
    }
  }

  /** Gives what is known of the stretch behind a place, or else reads it. By any thread. */
  CompletableFuture<Stretch> find(
      Room room, Cursor from, Supplier<CompletableFuture<Stretch>> reading) {
    int slot = (31 * room.id().hashCode() + Long.hashCode(from.sequence())) & (SLOTS - 1);
    Known known = slots.get(slot);
    if (known != null && known.answers(room, from)) {
      return known.stretch;
    }
    int revision = room.tail().revision();
    Known next = new Known(room, from, revision, reading.get());
    slots.set(slot, next);
    next.stretch.whenComplete(
        (stretch, failure) -> {
          if (stretch == null || stretch.weight() > MAX_WEIGHT) {
            slots.compareAndSet(slot, next, null);
          }
        });
    return next.stretch;
  }
}

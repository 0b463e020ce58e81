package chat.talk.testkit;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.room.Scheduled.State;
import chat.talk.testkit.Violation.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** Compares what became of a device's scheduled messages with what its user was told. */
final class ScheduleCheck {
  private final Map<ChatId, ChatLog> logs;
  private final SendCheck sends;
  private final DeviceHistory device;
  private final List<Violation> found;

  ScheduleCheck(
      Map<ChatId, ChatLog> logs, SendCheck sends, DeviceHistory device, List<Violation> found) {
    this.logs = logs;
    this.sends = sends;
    this.device = device;
    this.found = found;
  }

  void run() {
    device.postponed.values().forEach(this::check);
  }

  private void check(Postponed one) {
    MessageKey key = new MessageKey(device.user, one.draft.id());
    Entry kept = sends.stored(key);
    if (kept == null) {
      checkAbsent(one, key);
    } else {
      checkPresent(one, key, kept);
    }
    if (one.isAskedAtEnd && one.end == null && one.endFailure == null) {
      report(Kind.INCOMPLETE, key, "nobody said in the end what became of it");
    }
  }

  private void checkPresent(Postponed one, MessageKey key, Entry kept) {
    if (one.told.contains(State.CANCELLED)) {
      report(Kind.CANCELLED_YET_SENT, key, "at " + kept.cursor());
    }
    if (one.told.contains(State.REFUSED) || SendCheck.isRefusal(one.failure)) {
      report(Kind.REFUSED_YET_STORED, key, "at " + kept.cursor());
    }
    if (kept.event() instanceof ChatMessage message && one.isEarly(message)) {
      report(Kind.TOO_EARLY, key, "at " + message.time());
    }
  }

  private void checkAbsent(Postponed one, MessageKey key) {
    if (one.told.contains(State.SENT)) {
      report(Kind.LOST_MESSAGE, key, "was SENT");
    } else if (isForgotten(one) || (mustBeSent(one) && !mayBeCancelled(one))) {
      report(Kind.NOT_SENT, key, "told " + one.told + ", in the end " + one.end);
    }
  }

  private static boolean isForgotten(Postponed one) {
    boolean isUnknown = one.endFailure == Code.NOT_FOUND && !one.told.isEmpty();
    return isUnknown || (one.end == State.CANCELLED && !one.isCalledOff);
  }

  private static boolean mayBeCancelled(Postponed one) {
    return one.isCalledOff && !one.told.contains(State.REFUSED);
  }

  /** Whether it was accepted, and nothing can have stood in its way when it fell due. */
  private boolean mustBeSent(Postponed one) {
    if (one.told.isEmpty() || one.draft.about() != null) {
      return false;
    }
    if (!(one.draft.to() instanceof ChatId chat)) {
      return true;
    }
    Instant since = memberSince(chat);
    return since != null && since.isBefore(one.earliest());
  }

  /** Since when he has been in a chat without a break; a private one has a log at once. */
  private @Nullable Instant memberSince(ChatId chat) {
    ChatLog log = logs.get(chat);
    return log == null ? Instant.MIN : log.memberSince(device.user);
  }

  private void report(Kind kind, MessageKey message, String what) {
    found.add(new Violation(kind, device + ": scheduled " + message + " " + what));
  }
}

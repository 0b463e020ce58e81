package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.EnumSet;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/** Why a hub isn't there, as far as it has said so. May be used by any thread. */
final class Absence {
  /** Of these the hub has said nothing. */
  private static final Set<Code> SILENT =
      EnumSet.of(Code.UNREACHABLE, Code.TIMED_OUT, Code.INTERNAL);

  private volatile boolean isAnnounced;
  private volatile @Nullable ChatException why;

  void announced() {
    isAnnounced = true;
  }

  void ended(ChatException end) {
    why = end;
  }

  void over() {
    isAnnounced = false;
    why = null;
  }

  /** For a person, in a line. */
  String reason() {
    ChatException end = why;
    if (isAnnounced) {
      return "the hub has gone away, as it said; trying on";
    }
    return end == null || SILENT.contains(end.code())
        ? "the hub does not answer; trying on"
        : "the hub has ended the connection: " + Printable.reason(end) + "; trying on";
  }
}

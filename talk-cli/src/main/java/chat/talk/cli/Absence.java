package chat.talk.cli;

import chat.talk.ChatException.Code;
import chat.talk.Notice;
import java.util.EnumSet;
import java.util.Set;

/** Why a hub isn't there, as far as it has said so. Only used by the listener's calls. */
final class Absence {
  /** Of these the hub has said nothing. */
  private static final Set<Code> SILENT =
      EnumSet.of(Code.UNREACHABLE, Code.TIMED_OUT, Code.INTERNAL);

  private boolean isAnnounced;

  void announced() {
    isAnnounced = true;
  }

  void over() {
    isAnnounced = false;
  }

  /** For a person, in a line. */
  String reason(Notice.StateChanged away) {
    if (isAnnounced) {
      return "the hub has gone away, as it said; trying on";
    }
    return away.why() == null || SILENT.contains(away.why())
        ? "the hub does not answer; trying on"
        : "the hub has ended the connection: " + said(away) + "; trying on";
  }

  /** The same, where it is for good. */
  static String end(Notice.StateChanged closed) {
    return "this device is not at the hub any more: " + said(closed);
  }

  private static String said(Notice.StateChanged change) {
    return change.reason() == null ? "closed" : Printable.line(change.reason());
  }
}

package chat.talk.hub;

import chat.talk.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notices on their way to one session: of several about the same thing only the latest. */
final class Mailbox {
  /** The most that wait; the oldest go first. Notices may be missed: whoever cares asks. */
  private static final int MAX = 1_024;

  /** Guarded by this. */
  private final Map<Subject, Notice> waiting =
      new LinkedHashMap<>(4) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Notice> eldest) {
          return size() > MAX;
        }
      };

  /** Whether anything waits, for those who only look. */
  private volatile boolean isEmpty = true;

  /** What a notice is about. */
  private record Subject(Class<?> kind, Object one, Object two) {}

  synchronized void add(Notice notice) {
    Subject subject = subject(notice);
    waiting.remove(subject);
    waiting.put(subject, notice);
    isEmpty = false;
  }

  List<Notice> take() {
    return isEmpty ? List.of() : takeAll();
  }

  private synchronized List<Notice> takeAll() {
    List<Notice> all = new ArrayList<>(waiting.values());
    waiting.clear();
    isEmpty = true;
    return all;
  }

  boolean isEmpty() {
    return isEmpty;
  }

  private static Subject subject(Notice notice) {
    if (notice instanceof Notice.Entered entered) {
      return new Subject(Notice.Left.class, entered.chat(), "");
    }
    if (notice instanceof Notice.Left left) {
      return new Subject(Notice.Left.class, left.chat(), "");
    }
    if (notice instanceof Notice.Read read) {
      return new Subject(Notice.Read.class, read.chat(), "");
    }
    if (notice instanceof Notice.Typing typing) {
      return new Subject(Notice.Typing.class, typing.chat(), typing.user());
    }
    if (notice instanceof Notice.Presence presence) {
      return new Subject(Notice.Presence.class, presence.user(), "");
    }
    return new Subject(notice.getClass(), notice, "");
  }
}

package chat.talk.jdbc;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Chat;
import chat.talk.room.Digest;
import chat.talk.room.Fact;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import chat.talk.room.Report;
import chat.talk.room.Scheduled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Facts of each kind: whatever may be missing is there and missing, and extremes. */
final class FactSamples {
  static final UserName A = UserName.of("a");
  static final UserName CAPITAL_A = UserName.of("A");
  static final UserName LONGEST = UserName.of("Z".repeat(UserName.MAX_LENGTH));
  static final ChatId CHAT = ChatId.of("~.-_");
  static final ChatId LONGEST_CHAT = ChatId.direct(LONGEST, UserName.of("y".repeat(64)));
  static final MessageId ID = MessageId.of("id");
  static final Instant TIME = Instant.parse("2026-03-01T23:59:59.999999Z");
  static final Instant EPOCH = Instant.EPOCH;
  static final Instant BEFORE = Instant.parse("1969-12-31T23:59:59.999999Z");
  static final Instant FAR = Instant.parse("+99999-12-31T23:59:59.000001Z");
  static final Cursor LAST = new Cursor(Long.MAX_VALUE, Long.MAX_VALUE);
  static final Cursor PLACE = new Cursor(36, 1);

  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          " leading and trailing ",
          "\u0000",
          "nul\u0000inside\u0000",
          "\\u0000 \\0 \\ \\\\ %_ \u001a\u0001\u007f",
          "a\nb\r\nc\td",
          "Grüße, Ελλάδα, 你好, שלום \u202Eolleh\u202C",
          "😀 👩‍👩‍👧‍👦 🇩🇪 e\u0301 \uFEFF\uFFFD\uFFFE\uFFFF\u2028",
          "'; DROP TABLE users; -- \"quoted\" `x` ${y} {z} :a ?1 ? @b /* */",
          "x".repeat(100_000) + "ü");

  private FactSamples() {}

  /** No two with the same key. */
  static List<Fact> all() {
    return Stream.of(
            users(), tokens(), chats(), members(), counters(), files(), ways(), plans(), reports())
        .flatMap(List::stream)
        .map(Fact.class::cast)
        .toList();
  }

  private static List<Fact> users() {
    return List.of(
        new Fact.User(A, TIME, "$2a$10$hash/of.it", 2, FAR),
        new Fact.User(CAPITAL_A, EPOCH, null, 0, null),
        new Fact.User(LONGEST, BEFORE, "", Integer.MAX_VALUE, BEFORE),
        new Fact.User(UserName.of("..."), FAR, null, Integer.MIN_VALUE, EPOCH));
  }

  private static List<Fact> tokens() {
    return List.of(
        new Fact.Machine("device", A, "digest-_", TIME, null),
        new Fact.Machine("Device", LONGEST, "f".repeat(64), BEFORE, "d".repeat(64)));
  }

  private static List<Fact> chats() {
    List<Fact> rooms = new ArrayList<>();
    for (String text : TEXTS) {
      ChatId id = ChatId.of("chat-" + rooms.size());
      rooms.add(new Fact.Room(id, Chat.Kind.PRIVATE, text, A, TIME, rooms.size() % 2 == 0));
    }
    rooms.add(new Fact.Room(ChatId.of("general"), Chat.Kind.GENERAL, "", null, EPOCH, false));
    rooms.add(new Fact.Room(LONGEST_CHAT, Chat.Kind.DIRECT, "", null, FAR, true));
    return rooms;
  }

  private static List<Fact> members() {
    Fact.Range closed = new Fact.Range(Cursor.START, PLACE);
    Fact.Range open = new Fact.Range(LAST, null);
    return List.of(
        new Fact.Member(CHAT, A, List.of(), Cursor.START),
        new Fact.Member(CHAT, CAPITAL_A, List.of(open), Cursor.END),
        new Fact.Member(CHAT, LONGEST, List.of(closed), PLACE),
        new Fact.Member(LONGEST_CHAT, A, List.of(closed, closed, closed, open), LAST));
  }

  private static List<Fact> counters() {
    return List.of(
        new Fact.Delivered("device", CHAT, LAST),
        new Fact.Delivered("Device", CHAT, Cursor.START),
        new Fact.Delivered("device", LONGEST_CHAT, PLACE),
        new Fact.Window(A, TIME, 0),
        new Fact.Window(CAPITAL_A, BEFORE, Integer.MAX_VALUE),
        new Fact.Reached(CHAT, PLACE, TIME, FAR),
        new Fact.Reached(CHAT, LAST, TIME.plusNanos(1000), TIME),
        new Fact.Reached(LONGEST_CHAT, Cursor.START, BEFORE, EPOCH));
  }

  private static List<Fact> files() {
    List<Fact> files = new ArrayList<>();
    MessageKey key = new MessageKey(LONGEST, ID);
    files.add(new Fact.File(LONGEST_CHAT, key, blob(0, Long.MAX_VALUE), BEFORE));
    files.add(new Fact.File(ChatId.of("A"), new MessageKey(A, ID), blob(0, 0), FAR));
    files.add(new Fact.File(ChatId.of("a"), new MessageKey(CAPITAL_A, ID), blob(0, 0), EPOCH));
    files.add(new Fact.File(CHAT, new MessageKey(A, MessageId.of("ID")), blob(1, 7), TIME));
    return files;
  }

  /** Bodies, and files of awkward names. */
  static List<Attachment> attachments() {
    Blob blob = blob(3, 5_000_000_000L);
    String type = "a/b; c=\"" + "x".repeat(200) + "\"";
    List<String> names = List.of(" ", "a", "A", "'; --", "%_\"", "ä".repeat(255), "😀".repeat(127));
    return Stream.concat(
            Stream.of(Attachment.body(blob), Attachment.body(blob(4, 0))),
            names.stream().map(name -> new Attachment(name, type, blob)))
        .toList();
  }

  private static Blob blob(int digest, long size) {
    return new Blob(digest(digest), size);
  }

  private static Digest digest(int number) {
    return Digest.of("%064x".formatted(number));
  }

  private static List<Fact> ways() {
    List<Fact> ways = new ArrayList<>();
    for (String text : TEXTS) {
      UserName invited = UserName.of("invited-" + ways.size());
      ways.add(new Invitation(CHAT, text, invited, A, TIME));
    }
    ways.add(new Link("link", CHAT, FAR, Integer.MAX_VALUE, false));
    ways.add(new Link("LINK", LONGEST_CHAT, BEFORE, 0, true));
    ways.add(new JoinRequest(CHAT, A, "link", TIME));
    ways.add(new JoinRequest(CHAT, CAPITAL_A, "", BEFORE));
    return ways;
  }

  private static List<Fact> plans() {
    List<Fact> plans = new ArrayList<>();
    MessageKey about = new MessageKey(LONGEST, ID);
    for (String text : TEXTS) {
      MessageId id = MessageId.of("plan-" + plans.size());
      plans.add(new Scheduled(A, new Draft(id, CHAT, text, about), TIME));
    }
    for (Attachment attachment : attachments()) {
      MessageId id = MessageId.of("file-" + plans.size());
      plans.add(new Scheduled(A, new Draft(id, CHAT, "", about, attachment), TIME));
    }
    plans.add(new Scheduled(CAPITAL_A, new Draft(ID, A, "to a user"), BEFORE));
    Scheduled plan = new Scheduled(A, new Draft(ID, LONGEST, ""), FAR);
    plans.add(plan);
    for (Scheduled.State state : List.of(Scheduled.State.SENT, Scheduled.State.CANCELLED)) {
      plans.add(named(plan, state.name()).became(state, BEFORE));
    }
    for (Code code : Code.values()) {
      plans.add(named(plan, "refused-" + code).refused(code, TIME));
    }
    return plans;
  }

  private static Scheduled named(Scheduled plan, String id) {
    Draft draft = plan.draft();
    return new Scheduled(
        plan.author(), new Draft(MessageId.of(id), draft.to(), draft.text()), plan.at());
  }

  private static List<Fact> reports() {
    List<Fact> reports = new ArrayList<>();
    for (String text : TEXTS) {
      MessageKey message = new MessageKey(LONGEST, MessageId.of("message-" + reports.size()));
      reports.add(new Report(A, message, text, TIME, reports.size() % 2 == 0));
    }
    reports.add(new Report(CAPITAL_A, new MessageKey(A, ID), "", BEFORE));
    reports.add(new Report(CAPITAL_A, new MessageKey(CAPITAL_A, ID), "", FAR));
    return reports;
  }

  /** Another one of the same key. */
  static Fact changed(Fact fact) {
    if (fact instanceof Fact.User user) {
      return user.withBan(TIME.plusSeconds(1));
    }
    if (fact instanceof Fact.Machine device) {
      return new Fact.Machine(device.id(), CAPITAL_A, device.digest(), EPOCH, "other");
    }
    if (fact instanceof Fact.Room room) {
      return new Fact.Room(room.id(), Chat.Kind.PRIVATE, "renamed", CAPITAL_A, TIME, false);
    }
    if (fact instanceof Fact.Member member) {
      Fact.Range range = new Fact.Range(PLACE, LAST);
      return new Fact.Member(member.chat(), member.user(), List.of(range), PLACE);
    }
    return changedCounter(fact);
  }

  private static Fact changedCounter(Fact fact) {
    if (fact instanceof Fact.Delivered delivered) {
      return new Fact.Delivered(delivered.device(), delivered.chat(), new Cursor(7, 7));
    }
    if (fact instanceof Fact.Window window) {
      return new Fact.Window(window.user(), FAR, 7);
    }
    if (fact instanceof Fact.Reached reached) {
      return new Fact.Reached(reached.chat(), new Cursor(7, 7), reached.since(), BEFORE);
    }
    if (fact instanceof Fact.File file) {
      return new Fact.File(LONGEST_CHAT, file.message(), blob(9, 77), EPOCH);
    }
    return changedWay(fact);
  }

  private static Fact changedWay(Fact fact) {
    if (fact instanceof Invitation invitation) {
      return new Invitation(invitation.chat(), "renamed", invitation.user(), LONGEST, FAR);
    }
    if (fact instanceof Link link) {
      return new Link(link.id(), link.chat(), link.expires(), 7, false);
    }
    if (fact instanceof JoinRequest request) {
      return new JoinRequest(request.chat(), request.user(), "other", FAR);
    }
    if (fact instanceof Scheduled plan) {
      return plan.refused(Code.LIMITED, FAR);
    }
    Report report = (Report) fact;
    return new Report(report.by(), report.message(), "other", FAR, true);
  }
}

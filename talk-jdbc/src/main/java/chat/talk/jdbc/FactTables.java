package chat.talk.jdbc;

import static java.util.stream.Collectors.toUnmodifiableMap;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Blob;
import chat.talk.room.Chat;
import chat.talk.room.Digest;
import chat.talk.room.Fact;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import chat.talk.room.Report;
import chat.talk.room.Scheduled;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/** Which kind of fact stands in which table, and how. */
final class FactTables {
  private static final FactTable<Fact.User> USERS =
      FactTable.of(Fact.User.class, "users")
          .key("name", (to, user) -> to.text(user.name().value()))
          .rest(
              "since, password, reports, banned_until",
              (to, user) ->
                  to.time(user.since())
                      .text(user.password())
                      .number(user.reports())
                      .time(user.bannedUntil()))
          .read(
              row ->
                  new Fact.User(
                      row.user(), row.time(), row.textOrNull(), count(row), row.timeOrNull()));

  private static final FactTable<Fact.Machine> TOKENS =
      FactTable.of(Fact.Machine.class, "tokens")
          .key("device", (to, device) -> to.text(device.id()))
          .rest(
              "owner, digest, since, let_in_by",
              (to, device) ->
                  to.text(device.user().value())
                      .text(device.digest())
                      .time(device.since())
                      .text(device.letInBy()))
          .read(
              row ->
                  new Fact.Machine(
                      row.text(), row.user(), row.text(), row.time(), row.textOrNull()));

  private static final FactTable<Fact.Room> CHATS =
      FactTable.of(Fact.Room.class, "chats")
          .key("id", (to, room) -> to.text(room.id().value()))
          .rest(
              "kind, title, owner, since, closed",
              (to, room) ->
                  to.text(room.kind().name())
                      .text(room.title())
                      .text(orNull(room.owner(), UserName::value))
                      .time(room.since())
                      .flag(room.closed()))
          .read(
              row ->
                  new Fact.Room(
                      chat(row),
                      Chat.Kind.valueOf(row.text()),
                      row.text(),
                      orNull(row.textOrNull(), UserName::of),
                      row.time(),
                      row.flag()));

  private static final FactTable<Fact.Member> MEMBERS =
      FactTable.of(Fact.Member.class, "members")
          .key(
              "chat, member",
              (to, member) -> to.text(member.chat().value()).text(member.user().value()))
          .rest(
              "ranges, read_epoch, read_place",
              (to, member) -> to.text(Ranges.write(member.ranges())).cursor(member.read()))
          .read(
              row -> new Fact.Member(chat(row), row.user(), Ranges.read(row.text()), row.cursor()));

  private static final FactTable<Fact.Delivered> DELIVERED =
      FactTable.of(Fact.Delivered.class, "delivered")
          .key("device, chat", (to, at) -> to.text(at.device()).text(at.chat().value()))
          .rest("epoch, place", (to, at) -> to.cursor(at.cursor()))
          .read(row -> new Fact.Delivered(row.text(), chat(row), row.cursor()));

  private static final FactTable<Fact.Window> WINDOWS =
      FactTable.of(Fact.Window.class, "limit_windows")
          .key("member", (to, window) -> to.text(window.user().value()))
          .rest("since, used", (to, window) -> to.time(window.start()).number(window.count()))
          .read(row -> new Fact.Window(row.user(), row.time(), count(row)));

  private static final FactTable<Fact.Reached> REACHED =
      FactTable.of(Fact.Reached.class, "reached")
          .key(
              "chat, since", (to, stretch) -> to.text(stretch.chat().value()).time(stretch.since()))
          .rest(
              "until, epoch, place", (to, stretch) -> to.time(stretch.at()).cursor(stretch.upTo()))
          .read(FactTables::reached);

  private static Fact.Reached reached(Row row) throws SQLException {
    ChatId chat = chat(row);
    Instant since = row.time();
    Instant at = row.time();
    return new Fact.Reached(chat, row.cursor(), since, at);
  }

  private static final FactTable<Fact.File> FILES =
      FactTable.of(Fact.File.class, "files")
          .key(
              "author, id",
              (to, file) ->
                  to.text(file.message().author().value()).text(file.message().id().value()))
          .rest(
              "chat, digest, size, time",
              (to, file) ->
                  to.text(file.chat().value())
                      .text(file.blob().digest().value())
                      .number(file.blob().size())
                      .time(file.time()))
          .read(FactTables::file);

  private static Fact.File file(Row row) throws SQLException {
    MessageKey message = new MessageKey(row.user(), MessageId.of(row.text()));
    ChatId chat = chat(row);
    Blob blob = new Blob(Digest.of(row.text()), row.number());
    return new Fact.File(chat, message, blob, row.time());
  }

  private static final FactTable<Invitation> INVITATIONS =
      FactTable.of(Invitation.class, "invitations")
          .key(
              "chat, invited",
              (to, invitation) ->
                  to.text(invitation.chat().value()).text(invitation.user().value()))
          .rest(
              "title, inviter, time",
              (to, invitation) ->
                  to.text(invitation.title()).text(invitation.by().value()).time(invitation.time()))
          .read(FactTables::invitation);

  private static Invitation invitation(Row row) throws SQLException {
    ChatId chat = chat(row);
    UserName invited = row.user();
    return new Invitation(chat, row.text(), invited, row.user(), row.time());
  }

  private static final FactTable<Link> LINKS =
      FactTable.of(Link.class, "links")
          .key("id", (to, link) -> to.text(link.id()))
          .rest(
              "chat, expires, uses, revoked",
              (to, link) ->
                  to.text(link.chat().value())
                      .time(link.expires())
                      .number(link.uses())
                      .flag(link.revoked()))
          .read(row -> new Link(row.text(), chat(row), row.time(), count(row), row.flag()));

  private static final FactTable<JoinRequest> REQUESTS =
      FactTable.of(JoinRequest.class, "join_requests")
          .key(
              "chat, requester",
              (to, request) -> to.text(request.chat().value()).text(request.user().value()))
          .rest("link, time", (to, request) -> to.text(request.link()).time(request.time()))
          .read(row -> new JoinRequest(chat(row), row.user(), row.text(), row.time()));

  private static final FactTable<Scheduled> SCHEDULE =
      FactTable.of(Scheduled.class, "schedule")
          .key(
              "author, id",
              (to, plan) -> to.text(plan.author().value()).text(plan.draft().id().value()))
          .rest(
              "to_user, to_chat, text, about_author, about_id, "
                  + FileColumns.NAMES
                  + ", due, state, refusal, ended",
              (to, plan) -> {
                bindDraft(to, plan.draft());
                to.time(plan.at())
                    .text(plan.state().name())
                    .text(orNull(plan.why(), Code::name))
                    .time(plan.ended());
              })
          .read(
              row ->
                  new Scheduled(
                      row.user(),
                      draft(row),
                      row.time(),
                      Scheduled.State.valueOf(row.text()),
                      orNull(row.textOrNull(), Code::valueOf),
                      row.timeOrNull()));

  private static void bindDraft(Parameters to, Draft draft) throws SQLException {
    to.text(draft.to() instanceof UserName user ? user.value() : null)
        .text(draft.to() instanceof ChatId chat ? chat.value() : null)
        .text(draft.text())
        .text(orNull(draft.about(), about -> about.author().value()))
        .text(orNull(draft.about(), about -> about.id().value()));
    FileColumns.bind(to, draft.attachment());
  }

  private static Draft draft(Row row) throws SQLException {
    MessageId id = MessageId.of(row.text());
    UserName user = orNull(row.textOrNull(), UserName::of);
    Recipient chat = orNull(row.textOrNull(), ChatId::of);
    String text = row.text();
    MessageKey about = keyOrNull(row);
    return new Draft(id, user == null ? chat : user, text, about, FileColumns.read(row));
  }

  private static final FactTable<Report> REPORTS =
      FactTable.of(Report.class, "reports")
          .key(
              "reporter, author, id",
              (to, report) ->
                  to.text(report.by().value())
                      .text(report.message().author().value())
                      .text(report.message().id().value()))
          .rest(
              "reason, time, spent",
              (to, report) -> to.text(report.reason()).time(report.time()).flag(report.spent()))
          .read(row -> new Report(row.user(), keyOrNull(row), row.text(), row.time(), row.flag()));

  static final List<FactTable<?>> ALL =
      List.of(
          USERS,
          TOKENS,
          CHATS,
          MEMBERS,
          DELIVERED,
          WINDOWS,
          REACHED,
          FILES,
          INVITATIONS,
          LINKS,
          REQUESTS,
          SCHEDULE,
          REPORTS);

  private static final Map<Class<?>, FactTable<?>> BY_KIND =
      ALL.stream().collect(toUnmodifiableMap(FactTable::kind, Function.identity()));

  private FactTables() {}

  static FactTable<?> of(Fact fact) {
    return BY_KIND.get(fact.getClass());
  }

  private static ChatId chat(Row row) throws SQLException {
    return ChatId.of(row.text());
  }

  private static int count(Row row) throws SQLException {
    return Math.toIntExact(row.number());
  }

  private static @Nullable MessageKey keyOrNull(Row row) throws SQLException {
    UserName author = orNull(row.textOrNull(), UserName::of);
    MessageId id = orNull(row.textOrNull(), MessageId::of);
    return author == null ? null : new MessageKey(author, id);
  }

  private static <T, R> @Nullable R orNull(@Nullable T value, Function<T, R> function) {
    return value == null ? null : function.apply(value);
  }
}

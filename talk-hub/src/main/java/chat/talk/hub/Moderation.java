package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.Ban;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reports, bans, and the log of what was decided about users. */
final class Moderation {
  private final State state;
  private final Ids ids;
  private final History history;
  private final HubStorage storage;
  private final BanPolicy policy;
  private final Set<UserName> administrators;

  Moderation(State state, Ids ids, History history, HubBuilder setup) {
    this.state = state;
    this.ids = ids;
    this.history = history;
    this.storage = setup.storage;
    this.policy = setup.bans;
    this.administrators = setup.administrators;
  }

  void join(Desk desk) {
    desk.on(Command.ReportMessage.class, (report, me) -> Stream.of(report.message()), this::report);
    desk.on(Command.Bans.class, this::bans);
    desk.on(Command.Reports.class, this::reports);
    desk.on(Command.BanUser.class, this::ban);
    desk.on(Command.Unban.class, this::unban);
    desk.on(Command.Audit.class, this::audit);
  }

  void requireAdministrator(Turn turn) {
    if (!administrators.contains(turn.name())) {
      throw new ChatException(Code.FORBIDDEN, "only an administrator may do this");
    }
  }

  private Reply<Void> report(Command.ReportMessage command, Turn turn) {
    String reason = Checks.reason(command.reason());
    if (turn.batch().appends(command.message())) {
      return Reply.later();
    }
    turn.found(command.message());
    UserName author = command.message().author();
    if (author.equals(turn.name())) {
      throw Checks.invalid("nobody reports himself");
    }
    Account account = state.account(author);
    Report report = new Report(turn.name(), command.message(), reason, turn.now());
    boolean known = account.reports.stream().anyMatch(one -> one.key().equals(report.key()));
    if (!known) {
      count(report, account, turn.batch());
    }
    return Reply.done();
  }

  private void count(Report report, Account account, Batch batch) {
    Fact.User fact = account.fact();
    change(
        batch,
        account,
        new Fact.User(
            fact.name(), fact.since(), fact.password(), fact.reports() + 1, fact.bannedUntil()));
    if (account.isBannedAt(batch.now())) {
      return;
    }
    account.reports.add(report);
    batch.undo(() -> account.reports.remove(report));
    batch.put(report);
    Optional<Instant> until = policy.decide(List.copyOf(account.reports), batch.now());
    until.ifPresent(
        end -> {
          String why = "reported by " + reporters(account) + ", until " + end;
          forgetReports(account, batch);
          setBan(account, end, batch);
          decided(batch, State.HUB, "BAN", account, why);
        });
  }

  private static String reporters(Account account) {
    return String.join(
        ", ", account.reports.stream().map(one -> one.by().value()).distinct().toList());
  }

  private static void change(Batch batch, Account account, Fact.User next) {
    Fact.User before = account.fact();
    account.setFact(next);
    batch.undo(() -> account.setFact(before));
    batch.put(next);
  }

  private static void forgetReports(Account account, Batch batch) {
    List<Report> dropped = List.copyOf(account.reports);
    account.reports.clear();
    batch.undo(() -> account.reports.addAll(dropped));
    dropped.forEach(batch::drop);
  }

  private static void setBan(Account account, Instant until, Batch batch) {
    Fact.User fact = account.fact();
    change(
        batch,
        account,
        new Fact.User(fact.name(), fact.since(), fact.password(), fact.reports(), until));
    batch.then(() -> account.tell(new Notice.Banned(until)));
  }

  private void decided(Batch batch, UserName by, String action, Account about, String reason) {
    batch.append(
        new Event.Decided(
            State.AUDIT, ids.message(), by, batch.now(), action, about.name(), reason),
        appended -> {});
  }

  private Reply<List<Ban>> bans(Command.Bans command, Turn turn) {
    requireAdministrator(turn);
    return Reply.of(
        () ->
            state.accounts.values().stream()
                .filter(account -> account.isBannedAt(turn.now()))
                .map(account -> new Ban(account.name(), account.fact().bannedUntil()))
                .sorted((one, other) -> one.user().compareTo(other.user()))
                .toList());
  }

  private Reply<List<Report>> reports(Command.Reports command, Turn turn) {
    requireAdministrator(turn);
    Account account = state.account(command.user());
    return Reply.of(() -> List.copyOf(account.reports));
  }

  private Reply<Void> ban(Command.BanUser command, Turn turn) {
    requireAdministrator(turn);
    String reason = Checks.reason(command.reason());
    Account account = state.account(command.user());
    if (!command.until().isAfter(turn.now())) {
      throw Checks.invalid("a ban ends in the future, not at %s", command.until());
    }
    if (!command.until().equals(account.fact().bannedUntil())) {
      setBan(account, command.until(), turn.batch());
      decided(turn.batch(), turn.name(), "BAN", account, reason);
    }
    return Reply.done();
  }

  private Reply<Void> unban(Command.Unban command, Turn turn) {
    requireAdministrator(turn);
    String reason = Checks.reason(command.reason());
    Account account = state.account(command.user());
    if (account.isBannedAt(turn.now()) || !account.reports.isEmpty()) {
      forgetReports(account, turn.batch());
      setBan(account, turn.now(), turn.batch());
      decided(turn.batch(), turn.name(), "UNBAN", account, reason);
    }
    return Reply.done();
  }

  private Reply<Page> audit(Command.Audit command, Turn turn) {
    requireAdministrator(turn);
    int limit = Checks.limit(command.limit());
    return history.read(() -> storage.readBefore(State.AUDIT, command.before(), limit));
  }
}

package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.Ban;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reports, bans, and the log of what was decided about users. */
final class Moderation {
  private final State state;
  private final Ids ids;
  private final History history;
  private final Store store;
  private final BanPolicy policy;
  private final Set<UserName> administrators;

  Moderation(State state, Ids ids, History history, Store store, HubBuilder setup) {
    this.state = state;
    this.ids = ids;
    this.history = history;
    this.store = store;
    this.policy = setup.bans;
    this.administrators = setup.administrators;
  }

  void join(Desk desk) {
    desk.on(Command.ReportMessage.class, (report, me) -> List.of(report.message()), this::report);
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
    if (!(turn.found(command.message()).event() instanceof ChatMessage)) {
      throw new ChatException(Code.NOT_FOUND, "there is no such message");
    }
    UserName author = command.message().author();
    if (author.equals(turn.name())) {
      throw Checks.invalid("nobody reports himself");
    }
    Account account = state.account(author);
    Report report = new Report(turn.name(), command.message(), reason, turn.now());
    if (!account.reports.isKnown(report)) {
      count(report, account, turn.batch());
    }
    return Reply.done();
  }

  private void count(Report report, Account account, Batch batch) {
    Fact.User fact = account.fact();
    change(batch, account, fact.withReports(fact.reports() + 1));
    if (account.isBannedAt(batch.now())) {
      add(report.asSpent(), account, batch);
      return;
    }
    add(report, account, batch);
    List<Report> counting = account.reports.counting();
    Optional<Instant> until = policy.decide(counting, batch.now());
    until.ifPresent(
        end -> {
          spend(account, batch);
          setBan(account, Checks.time(end), batch);
          decided(
              batch,
              State.HUB,
              "BAN",
              account,
              "reported by " + reporters(counting) + ", until " + end);
        });
  }

  private static void add(Report report, Account account, Batch batch) {
    account.reports.add(report);
    batch.undo(() -> account.reports.remove(report));
    batch.put(report);
    Report surplus = account.reports.surplus();
    if (surplus != null) {
      spend(surplus, account, batch);
    }
    Report forgotten = account.reports.surplusSpent();
    if (forgotten != null) {
      remove(forgotten, account, batch);
      batch.drop(forgotten);
    }
  }

  private static void remove(Report report, Account account, Batch batch) {
    account.reports.remove(report);
    batch.undo(() -> account.reports.add(report));
  }

  /** It counts no more, and is remembered. */
  private static void spend(Report report, Account account, Batch batch) {
    remove(report, account, batch);
    add(report.asSpent(), account, batch);
  }

  private static String reporters(List<Report> reports) {
    return String.join(", ", reports.stream().map(one -> one.by().value()).distinct().toList());
  }

  private static void change(Batch batch, Account account, Fact.User next) {
    Fact.User before = account.fact();
    account.setFact(next);
    batch.undo(() -> account.setFact(before));
    batch.put(next);
  }

  private static void spend(Account account, Batch batch) {
    account.reports.counting().forEach(report -> spend(report, account, batch));
  }

  private static void setBan(Account account, Instant until, Batch batch) {
    change(batch, account, account.fact().withBan(until));
    batch.then(() -> account.tell(new Notice.Banned(until)));
  }

  private void decided(Batch batch, UserName by, String action, Account about, String reason) {
    batch.append(
        new Event.Decided(
            State.AUDIT, ids.message(batch.now()), by, batch.now(), action, about.name(), reason),
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
    return Reply.of(() -> account.reports.counting());
  }

  private Reply<Void> ban(Command.BanUser command, Turn turn) {
    requireAdministrator(turn);
    String reason = Checks.reason(command.reason());
    Account account = state.account(command.user());
    if (!command.until().isAfter(turn.now())) {
      throw Checks.invalid("a ban ends in the future, not at %s", command.until());
    }
    Instant until = Checks.time(command.until());
    if (!until.equals(account.fact().bannedUntil())) {
      setBan(account, until, turn.batch());
      decided(turn.batch(), turn.name(), "BAN", account, reason);
    }
    return Reply.done();
  }

  private Reply<Void> unban(Command.Unban command, Turn turn) {
    requireAdministrator(turn);
    String reason = Checks.reason(command.reason());
    Account account = state.account(command.user());
    boolean isBanned = account.isBannedAt(turn.now());
    if (isBanned || !account.reports.counting().isEmpty()) {
      spend(account, turn.batch());
      if (isBanned) {
        setBan(account, turn.now(), turn.batch());
      }
      decided(turn.batch(), turn.name(), "UNBAN", account, reason);
    }
    return Reply.done();
  }

  private Reply<Page> audit(Command.Audit command, Turn turn) {
    requireAdministrator(turn);
    int limit = Checks.limit(command.limit());
    return history.read(() -> store.readBefore(State.AUDIT, command.before(), limit));
  }
}

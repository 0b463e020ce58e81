package chat.talk.cli;

import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.cli.RoomCommand.Concern;
import chat.talk.room.Scheduled;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Messages that are sent later. */
final class LaterCommands {
  private final Seat seat;
  private final Planned planned;
  private final Numbered<MessageId> numbers = new Numbered<>("scheduled message", ":scheduled");

  LaterCommands(Seat seat) {
    this.seat = seat;
    planned = seat.screen().planned();
  }

  List<RoomCommand> all() {
    return List.of(
        new RoomCommand(
            ":later",
            "TIME TEXT",
            "send later: 10m from now, 18:30, or 2026-12-24T18:00",
            this::later),
        new RoomCommand(":scheduled", "", "list what you send later", this::scheduled)
            .concerning(Concern.NONE),
        new RoomCommand(
                ":reschedule", "NUMBER TIME TEXT", "change what you send later", this::reschedule)
            .concerning(Concern.ELSEWHERE),
        new RoomCommand(":cancel", "NUMBER", "don't send it", this::cancel)
            .concerning(Concern.ELSEWHERE));
  }

  private void later(Arguments arguments) {
    Instant at = time(arguments);
    Draft draft = Draft.of(seat.rooms().recipient(), arguments.text("a text"));
    planned.add(draft);
    seat.whenAnswered(
        ":later",
        draft.text(),
        seat.me().schedule(draft, at),
        scheduled -> seat.answer(":later", "to be sent: " + line(scheduled), scheduled));
  }

  private Instant time(Arguments arguments) {
    Instant now = seat.now();
    Instant time = When.parse(arguments.word("a time"), now, seat.zone());
    if (!time.isAfter(now)) {
      String when = When.dateAndClock(time, seat.zone());
      throw Arguments.invalid("that time is past, it was " + when + " here");
    }
    return time;
  }

  private void scheduled(Arguments arguments) {
    arguments.end();
    List<Scheduled> waiting = waiting();
    String lines = waiting.stream().map(one -> "  " + line(one)).collect(Collectors.joining("\n"));
    seat.answer(":scheduled", waiting.isEmpty() ? "nothing waits to be sent" : lines, waiting);
  }

  private List<Scheduled> waiting() {
    List<Scheduled> waiting = Seat.finish(seat.me().scheduled());
    planned.add(waiting);
    return waiting;
  }

  private String line(Scheduled scheduled) {
    return numbers.of(scheduled.draft().id())
        + "  at "
        + seat.moment(scheduled.at())
        + " to "
        + seat.rooms().label(scheduled.draft().to())
        + ": "
        + Printable.text(scheduled.draft().text());
  }

  private void reschedule(Arguments arguments) {
    MessageId message = number(arguments);
    Instant at = time(arguments);
    Scheduled changed = Seat.finish(seat.me().reschedule(message, arguments.text("a text"), at));
    planned.add(changed.draft());
    seat.answer(":reschedule", "to be sent: " + line(changed), changed);
  }

  private MessageId number(Arguments arguments) {
    String number = arguments.word("a number");
    waiting().forEach(one -> numbers.of(one.draft().id()));
    return numbers.find(number);
  }

  private void cancel(Arguments arguments) {
    MessageId message = number(arguments);
    arguments.end();
    Scheduled ended = Seat.finish(seat.me().cancel(message));
    boolean inTime = ended.state() == Scheduled.State.CANCELLED;
    String state = ended.state().name().toLowerCase(Locale.ROOT);
    seat.answer(":cancel", inTime ? "cancelled" : "too late, it is " + state + " already", ended);
  }
}

package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** One command of each kind that changes something, and what has to be there before. */
final class RepeatableCommands {
  private static final ChatId ROOM = HubOwnerContract.ROOM;
  private static final UserName BOB = HubFixture.BOB;
  private static final UserName CAROL = HubFixture.CAROL;
  private static final UserName DAVE = HubFixture.DAVE;
  private static final MessageId MINE = MessageId.of("mine");
  private static final MessageKey HIS = new MessageKey(BOB, MessageId.of("his"));
  private static final MessageId LATER = MessageId.of("later");
  private static final ChatId INVITED = ChatId.of("invited");
  private static final ChatId JOINED = ChatId.of("joined");
  private static final Token NEW = Token.of("a-new-token-that-nobody-guesses");
  private static final Token HIS_LINK = Token.of("his-link-that-nobody-guesses");
  private static final Instant FAR = Instant.parse("2026-06-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private RepeatableCommands() {}

  static Stream<Command<?>> all() {
    return Stream.of(
        new Command.Send(new Draft(MessageId.of("2"), ROOM, "Hello")),
        new Command.Send(new Draft(MessageId.of("2"), CAROL, "Hello")),
        new Command.Edit(MINE, "changed"),
        new Command.Erase(MINE),
        new Command.Acknowledge(Map.of(ROOM, Cursor.START), true),
        new Command.MarkRead(ROOM, Cursor.END),
        new Command.Create(ChatId.of("new"), "new"),
        new Command.Rename(ROOM, "chamber"),
        new Command.HandOver(ROOM, BOB),
        new Command.Close(ROOM),
        new Command.Leave(JOINED),
        new Command.Remove(ROOM, BOB),
        new Command.Invite(ROOM, DAVE),
        new Command.Uninvite(ROOM, CAROL),
        new Command.Accept(INVITED),
        new Command.Decline(INVITED),
        new Command.CreateLink(ROOM, NEW, HOUR, 3),
        new Command.RevokeLink(ROOM, HubOwnerContract.LINK.digest()),
        new Command.Knock(HIS_LINK),
        new Command.Approve(ROOM, DAVE),
        new Command.Reject(ROOM, DAVE),
        new Command.AddDevice(NEW),
        new Command.SetPassword("correct horse"),
        new Command.Schedule(new Draft(MessageId.of("2"), ROOM, "later"), FAR),
        new Command.Reschedule(LATER, "changed", FAR),
        new Command.Cancel(LATER),
        new Command.ReportMessage(HIS, "bad"),
        new Command.BanUser(BOB, FAR, "bad"),
        new Command.Unban(BOB, "not so bad"),
        new Command.Type(ROOM, true));
  }

  /** Whether nobody sees in any answer that it was asked: it is told or felt in other ways. */
  static boolean isUnseen(Command<?> command) {
    return command instanceof Command.Acknowledge
        || command instanceof Command.SetPassword
        || command instanceof Command.Type;
  }

  /** Alice owns the room, bob is in it; carol is invited, and dave waits to be let in. */
  static void prepare(
      Participant alice, Participant bob, Participant carol, Participant dave, Instant later) {
    alice.ask(new Command.Create(ROOM, "room"));
    alice.admit(ROOM, bob);
    Await.result(alice.client().send(new Draft(MINE, ROOM, "mine")));
    Await.result(bob.client().send(new Draft(HIS.id(), ROOM, "his")));
    alice.ask(new Command.Schedule(new Draft(LATER, ROOM, "later"), later));
    alice.ask(new Command.Invite(ROOM, CAROL));
    alice.ask(new Command.CreateLink(ROOM, HubOwnerContract.LINK, HOUR, 9));
    dave.ask(new Command.Knock(HubOwnerContract.LINK));
    carol.ask(new Command.Create(INVITED, "carol's"));
    carol.ask(new Command.Invite(INVITED, alice.name()));
    carol.ask(new Command.Create(JOINED, "carol's too"));
    carol.admit(JOINED, alice);
    Entry spam = Await.result(bob.client().send(ROOM, "spam"));
    alice.ask(new Command.ReportMessage(spam.event().key(), "spam"));
    carol.ask(new Command.Create(ChatId.of("linked"), "carol's by link"));
    carol.ask(new Command.CreateLink(ChatId.of("linked"), HIS_LINK, HOUR, 9));
  }
}

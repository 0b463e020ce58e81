package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.hub.DirectHub.Visitor;
import chat.talk.hub.LimitPolicy.Verdict;
import chat.talk.room.Command;
import chat.talk.room.Link;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is asked again before the first is stored, as after a break, is answered as the first is.
 */
final class TogetherTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Token TOKEN = Token.random();
  private static final Token LINK = Token.random();
  private static final MessageId SAID = MessageId.of("said");
  private static final MessageId PLANNED = MessageId.of("planned");
  private static final ChatId NEW = ChatId.random();

  /** A hub in which alice owns a chat with bob, carl is invited, and dora asks to be let in. */
  private static final class World implements AutoCloseable {
    private final List<Runnable> meanwhile = new ArrayList<>();
    private final DirectHub hub =
        new DirectHub(
            builder ->
                builder
                    .administrators(UserName.of("alice"))
                    .generalLimit(
                        (action, used, now) -> {
                          meanwhile.forEach(Runnable::run);
                          meanwhile.clear();
                          return Verdict.ALLOWED;
                        }));
    final Visitor alice = hub.join("alice");
    final Visitor bob = hub.join("bob");
    final Visitor carl = hub.join("carl");
    final Visitor dora = hub.join("dora");
    final ChatId chat = alice.createWith(bob);
    final Link link = alice.ask(new Command.CreateLink(chat, LINK, HOUR, 5));
    final Entry said = alice.ask(new Command.Send(new Draft(SAID, chat, "Hello")));
    final Entry bobs = bob.say(chat, "Hi");

    World() {
      alice.ask(new Command.Invite(chat, UserName.of("carl")));
      dora.ask(new Command.Knock(LINK));
      alice.ask(
          new Command.Schedule(new Draft(PLANNED, chat, "later"), hub.clock.now().plus(HOUR)));
    }

    /** What is asked while the hub decides is decided together, in the next group. */
    List<CompletableFuture<?>> ask(Asked asked, int times) {
      List<CompletableFuture<?>> answers = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        meanwhile.add(() -> answers.add(asked.who.session.call(asked.command)));
      }
      bob.say(bob.general(), "go on");
      return answers;
    }

    /** What is written down, without what is random. */
    List<Object> written() {
      List<Object> written = new ArrayList<>();
      hub.facts().stream().map(fact -> fact.key().kind()).sorted().forEach(written::add);
      hub.storage.chats().stream()
          .map(one -> hub.storage.readAfter(one, Cursor.START, 100).entries())
          .map(entries -> entries.stream().map(Entry::event).map(Event::getClass).toList())
          .sorted(Comparator.comparing(Object::toString))
          .forEach(written::add);
      return written;
    }

    @Override
    public void close() {
      hub.close();
    }
  }

  private record Asked(Visitor who, Command<?> command) {}

  private static Arguments on(String name, Function<World, Asked> asked) {
    return arguments(name, asked);
  }

  static Stream<Arguments> commands() {
    UserName bob = UserName.of("bob");
    UserName carl = UserName.of("carl");
    UserName dora = UserName.of("dora");
    return Stream.of(
        on("send", w -> new Asked(w.bob, new Command.Send(new Draft(SAID, w.chat, "1")))),
        on(
            "first of a direct chat",
            w -> new Asked(w.bob, new Command.Send(new Draft(SAID, carl, "1")))),
        on("edit", w -> new Asked(w.alice, new Command.Edit(SAID, "2"))),
        on("erase", w -> new Asked(w.alice, new Command.Erase(SAID))),
        on(
            "acknowledge",
            w -> new Asked(w.bob, new Command.Acknowledge(Map.of(w.chat, w.said.cursor()), true))),
        on("mark read", w -> new Asked(w.alice, new Command.MarkRead(w.chat, w.bobs.cursor()))),
        on("create", w -> new Asked(w.alice, new Command.Create(NEW, "new"))),
        on("rename", w -> new Asked(w.alice, new Command.Rename(w.chat, "other"))),
        on("hand over", w -> new Asked(w.alice, new Command.HandOver(w.chat, bob))),
        on("close", w -> new Asked(w.alice, new Command.Close(w.chat))),
        on("leave", w -> new Asked(w.bob, new Command.Leave(w.chat))),
        on("remove", w -> new Asked(w.alice, new Command.Remove(w.chat, bob))),
        on("invite", w -> new Asked(w.alice, new Command.Invite(w.chat, dora))),
        on("uninvite", w -> new Asked(w.alice, new Command.Uninvite(w.chat, carl))),
        on("accept", w -> new Asked(w.carl, new Command.Accept(w.chat))),
        on("decline", w -> new Asked(w.carl, new Command.Decline(w.chat))),
        on("create link", w -> new Asked(w.alice, new Command.CreateLink(w.chat, TOKEN, HOUR, 1))),
        on("revoke link", w -> new Asked(w.alice, new Command.RevokeLink(w.chat, w.link.id()))),
        on("knock", w -> new Asked(w.carl, new Command.Knock(LINK))),
        on("approve", w -> new Asked(w.alice, new Command.Approve(w.chat, dora))),
        on("reject", w -> new Asked(w.alice, new Command.Reject(w.chat, dora))),
        on("add device", w -> new Asked(w.alice, new Command.AddDevice(TOKEN))),
        on(
            "schedule",
            w ->
                new Asked(
                    w.bob,
                    new Command.Schedule(
                        new Draft(PLANNED, w.chat, "1"), w.hub.clock.now().plus(HOUR)))),
        on(
            "reschedule",
            w ->
                new Asked(
                    w.alice, new Command.Reschedule(PLANNED, "2", w.hub.clock.now().plus(HOUR)))),
        on("cancel", w -> new Asked(w.alice, new Command.Cancel(PLANNED))),
        on(
            "report",
            w -> new Asked(w.alice, new Command.ReportMessage(w.bobs.event().key(), "rude"))),
        on(
            "ban",
            w ->
                new Asked(w.alice, new Command.BanUser(bob, w.hub.clock.now().plus(HOUR), "rude"))),
        on("unban", w -> new Asked(w.alice, new Command.Unban(bob, "enough"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void whatIsAskedTwiceTogetherIsDoneOnce(String name, Function<World, Asked> asked) {
    try (World one = new World();
        World other = new World()) {
      CompletableFuture<?> once = one.ask(asked.apply(one), 1).get(0);
      List<CompletableFuture<?>> twice = other.ask(asked.apply(other), 2);
      assertThat(once).isCompleted();
      assertThat(twice).hasSize(2).allSatisfy(answer -> assertThat(answer).isCompleted());
      assertThat((Object) twice.get(1).join()).isEqualTo(twice.get(0).join());
      assertThat(other.written()).isEqualTo(one.written());
    }
  }
}

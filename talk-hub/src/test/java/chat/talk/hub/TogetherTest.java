package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.hub.DirectHub.Visitor;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Link;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is asked again before the first is stored, as after a break, is answered as the first is.
 */
final class TogetherTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Token TOKEN = Token.random();
  private static final Token LINK = Token.random();
  private static final ChatId CHAT = ChatId.random();
  private static final MessageId SAID = MessageId.of("said");
  private static final MessageId PLANNED = MessageId.of("planned");
  private static final ChatId NEW = ChatId.random();

  /** What changes nothing that is stored. */
  private static final Set<Class<?>> QUESTIONS =
      Set.of(
          Command.Find.class,
          Command.ReadAfter.class,
          Command.ReadBefore.class,
          Command.Comments.class,
          Command.Chats.class,
          Command.Status.class,
          Command.Members.class,
          Command.Invitations.class,
          Command.Links.class,
          Command.Requests.class,
          Command.Identify.class,
          Command.Devices.class,
          Command.Schedules.class,
          Command.Bans.class,
          Command.Reports.class,
          Command.Audit.class,
          Command.Type.class,
          Command.Connections.class,
          Command.Check.class);

  /** A hub in which alice owns a chat with bob, carl is invited, and dora asks to be let in. */
  private static final class World implements AutoCloseable {
    final DirectHub hub = new DirectHub(builder -> builder.administrators(UserName.of("alice")));
    final Visitor alice = join("alice");
    final Visitor bob = join("bob");
    final Visitor carl = join("carl");
    final Visitor dora = join("dora");
    final Device laptop = alice.ask(new Command.AddDevice(Token.of("alices-laptop-has-this-one")));
    final Link link;
    final Entry said;
    final Entry bobs;

    World() {
      alice.ask(new Command.Create(CHAT, "together"));
      alice.ask(new Command.Invite(CHAT, UserName.of("bob")));
      bob.ask(new Command.Accept(CHAT));
      link = alice.ask(new Command.CreateLink(CHAT, LINK, HOUR, 5));
      said = alice.ask(new Command.Send(new Draft(SAID, CHAT, "Hello")));
      bobs = bob.ask(new Command.Send(new Draft(MessageId.of("bobs"), CHAT, "Hi")));
      alice.ask(new Command.Invite(CHAT, UserName.of("carl")));
      dora.ask(new Command.Knock(LINK));
      alice.ask(new Command.Schedule(new Draft(PLANNED, CHAT, "later"), inAnHour()));
    }

    private Visitor join(String name) {
      Token token = Token.of("a-token-of-22-characters-" + name);
      return hub.connect(new Login.NewUser(UserName.of(name), token), Map.of());
    }

    Instant inAnHour() {
      return hub.clock.now().plus(HOUR);
    }

    long connectionOfBob() {
      return alice.ask(new Command.Connections()).stream()
          .filter(one -> one.user().equals(UserName.of("bob")))
          .findFirst()
          .orElseThrow()
          .id();
    }

    List<CompletableFuture<?>> ask(Asked asked, int times) {
      List<CompletableFuture<?>> answers = new ArrayList<>();
      hub.together(
          () -> {
            for (int i = 0; i < times; i++) {
              answers.add(asked.who.session.call(asked.command));
            }
          });
      return answers;
    }

    /** What is written down, in any order. */
    List<String> written() {
      hub.clock.advance(Duration.ofSeconds(2));
      Stream<Object> facts = hub.facts().stream().map(Object.class::cast);
      Stream<Object> entries =
          hub.storage.chats().stream()
              .flatMap(one -> hub.storage.readAfter(one, Cursor.START, 100).entries().stream());
      return Stream.concat(facts, entries).map(this::withoutChance).sorted().toList();
    }

    /** Logs' epochs are random, and the salts of passwords. */
    private String withoutChance(Object written) {
      String text = written.toString().replaceAll("password=\\$[^,]+", "password=hash");
      for (Cursor head : hub.storage.heads().values()) {
        text = text.replace(head.toString().replaceAll("-.*", "-"), "epoch-");
      }
      return text;
    }

    @Override
    public void close() {
      hub.close();
    }
  }

  private record Asked(Visitor who, Command<?> command) {}

  private static Named<Function<World, Asked>> on(String name, Function<World, Asked> asked) {
    return named(name, asked);
  }

  static Stream<Named<Function<World, Asked>>> commands() {
    UserName bob = UserName.of("bob");
    UserName carl = UserName.of("carl");
    UserName dora = UserName.of("dora");
    return Stream.of(
        on("send", w -> new Asked(w.bob, new Command.Send(new Draft(SAID, CHAT, "1")))),
        on(
            "first of a direct chat",
            w -> new Asked(w.bob, new Command.Send(new Draft(SAID, carl, "1")))),
        on("edit", w -> new Asked(w.alice, new Command.Edit(SAID, "2"))),
        on("erase", w -> new Asked(w.alice, new Command.Erase(SAID))),
        on(
            "acknowledge",
            w -> new Asked(w.bob, new Command.Acknowledge(Map.of(CHAT, w.said.cursor()), true))),
        on("mark read", w -> new Asked(w.alice, new Command.MarkRead(CHAT, w.bobs.cursor()))),
        on("create", w -> new Asked(w.alice, new Command.Create(NEW, "new"))),
        on("rename", w -> new Asked(w.alice, new Command.Rename(CHAT, "other"))),
        on("hand over", w -> new Asked(w.alice, new Command.HandOver(CHAT, bob))),
        on("close", w -> new Asked(w.alice, new Command.Close(CHAT))),
        on("leave", w -> new Asked(w.bob, new Command.Leave(CHAT))),
        on("remove", w -> new Asked(w.alice, new Command.Remove(CHAT, bob))),
        on("invite", w -> new Asked(w.alice, new Command.Invite(CHAT, dora))),
        on("uninvite", w -> new Asked(w.alice, new Command.Uninvite(CHAT, carl))),
        on("accept", w -> new Asked(w.carl, new Command.Accept(CHAT))),
        on("decline", w -> new Asked(w.carl, new Command.Decline(CHAT))),
        on("create link", w -> new Asked(w.alice, new Command.CreateLink(CHAT, TOKEN, HOUR, 1))),
        on("revoke link", w -> new Asked(w.alice, new Command.RevokeLink(CHAT, w.link.id()))),
        on("knock", w -> new Asked(w.carl, new Command.Knock(LINK))),
        on("approve", w -> new Asked(w.alice, new Command.Approve(CHAT, dora))),
        on("reject", w -> new Asked(w.alice, new Command.Reject(CHAT, dora))),
        on("revoke device", w -> new Asked(w.alice, new Command.RevokeDevice(w.laptop.id()))),
        on("set password", w -> new Asked(w.alice, new Command.SetPassword("correct horse"))),
        on("disconnect", w -> new Asked(w.alice, new Command.Disconnect(w.connectionOfBob()))),
        on("add device", w -> new Asked(w.alice, new Command.AddDevice(TOKEN))),
        on(
            "schedule",
            w ->
                new Asked(
                    w.bob, new Command.Schedule(new Draft(PLANNED, CHAT, "1"), w.inAnHour()))),
        on(
            "reschedule",
            w -> new Asked(w.alice, new Command.Reschedule(PLANNED, "2", w.inAnHour()))),
        on("cancel", w -> new Asked(w.alice, new Command.Cancel(PLANNED))),
        on(
            "report",
            w -> new Asked(w.alice, new Command.ReportMessage(w.bobs.event().key(), "rude"))),
        on("ban", w -> new Asked(w.alice, new Command.BanUser(bob, w.inAnHour(), "rude"))),
        on("unban", w -> new Asked(w.alice, new Command.Unban(bob, "enough"))));
  }

  @Test
  void noCommandThatChangesSomethingIsLeftOut() {
    Set<Class<?>> left = new HashSet<>(Set.of(Command.class.getPermittedSubclasses()));
    try (World world = new World()) {
      commands().forEach(asked -> left.remove(asked.getPayload().apply(world).command.getClass()));
    }
    assertThat(left).isEqualTo(QUESTIONS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void whatIsAskedTwiceTogetherIsDoneOnce(Function<World, Asked> asked) {
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

package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Identity;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about asking without a session. */
abstract class HubAskContract extends HubConnectionContract {
  private static final Token TOKEN = Token.of("of-a-device-that-never-connects");
  private static final Login ASKER = new Login.NewUser(ALICE, TOKEN);

  private <R> R ask(Login login, Command<R> command) {
    return Await.result(hub.ask(login, command));
  }

  @Test
  void newcomerBecomesAUserByAsking() {
    Identity first = ask(ASKER, new Command.Identify());
    assertThat(first.user()).isEqualTo(ALICE);
    assertThat(ask(ASKER, new Command.Identify())).isEqualTo(first);
    assertThat(ask(new Login.Known(TOKEN), new Command.Identify())).isEqualTo(first);
    assertRefused(
        Code.NAME_TAKEN, hub.ask(new Login.NewUser(ALICE, Token.random()), new Command.Identify()));
  }

  @Test
  void whoAsksSaysAndReads() {
    Participant bob = join(BOB);
    ask(ASKER, new Command.Identify());
    Login alice = new Login.Known(TOKEN);
    Entry sent = ask(alice, new Command.Send(Draft.of(BOB, "Hello")));
    bob.heard().awaitTexts("Hello");
    ChatId chat = sent.event().chat();
    bob.say(chat, "Hello yourself");
    assertThat(ask(alice, new Command.ReadAfter(chat, sent.cursor(), 10)).entries()).hasSize(1);
    assertThat(unread(alice, chat)).isEqualTo(1);
    ask(alice, new Command.MarkRead(chat, Cursor.END));
    assertThat(unread(alice, chat)).isZero();
  }

  private long unread(Login login, ChatId chat) {
    List<Chat> chats = ask(login, new Command.Chats());
    return chats.stream().filter(one -> one.id().equals(chat)).findFirst().orElseThrow().unread();
  }

  @Test
  void nobodySeesWhoAsksComeAndGo() {
    serve(HubOptions::withPresenceInGeneral);
    Participant bob = join(BOB);
    ask(ASKER, new Command.Identify());
    ask(new Login.Known(TOKEN), new Command.Send(Draft.of(bob.general(), "Hello")));
    bob.heard().awaitTexts("Hello");
    assertThat(bob.heard().notices()).doesNotContain(new Notice.Presence(ALICE, true));
    assertThat(ask(new Login.Known(TOKEN), new Command.Devices()))
        .extracting(Device::online)
        .containsExactly(false);
  }

  @Test
  void sessionOfTheDeviceGoesOn() {
    RawSession session = raw(ASKER);
    Login alice = new Login.Known(TOKEN);
    ChatId general = ask(alice, new Command.Status()).general();
    ask(alice, new Command.Send(Draft.of(general, "Hello")));
    assertThat(session.awaitTexts(1)).containsExactly("Hello");
    assertThat(session.end).isNotDone();
  }

  @Test
  void whoIsUnknownIsRefused() {
    join(BOB);
    Login stranger = new Login.Known(Token.random());
    assertRefused(Code.UNAUTHENTICATED, hub.ask(stranger, new Command.Status()));
    Login guesser = new Login.Password(BOB, "correct horse", Token.random());
    assertRefused(Code.UNAUTHENTICATED, hub.ask(guesser, new Command.Status()));
  }

  @Test
  void revokedDeviceAsksInVain() {
    String device = ask(ASKER, new Command.Identify()).device();
    Login alice = new Login.Known(TOKEN);
    assertThat(ask(alice, new Command.RevokeDevice(device)))
        .extracting(Device::id)
        .containsExactly(device);
    assertRefused(Code.UNAUTHENTICATED, hub.ask(alice, new Command.Status()));
  }

  @Test
  void strangerReadsNothing() {
    Participant bob = join(BOB);
    ChatId room = bob.create("room");
    ask(ASKER, new Command.Identify());
    Login alice = new Login.Known(TOKEN);
    assertRefused(Code.FORBIDDEN, hub.ask(alice, new Command.ReadAfter(room, Cursor.START, 1)));
    assertRefused(Code.FORBIDDEN, hub.ask(alice, new Command.Send(Draft.of(room, "Hello"))));
  }
}

package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.Capability;
import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link TransportContract} in which everybody is well. */
abstract class PeerDeliveryContract extends BareTransportContract {
  private static final int MANY = 300;

  @Test
  void messageReachesTheListener() {
    Recorder heard = recorder();
    start(peer(BOB).listener(heard));
    Entry sent = Await.result(start(ALICE).send(BOB, "Hello"));
    ChatMessage came = heard.nextMessage();
    ChatMessage kept = (ChatMessage) sent.event();
    assertThat(came.author()).isEqualTo(ALICE);
    assertThat(came.text()).isEqualTo("Hello").isEqualTo(kept.text());
    assertThat(came.chat()).isEqualTo(ChatId.direct(ALICE, BOB)).isEqualTo(kept.chat());
    assertThat(came.id()).isEqualTo(kept.id());
  }

  @Test
  void clientIsConnectedFromTheStart() {
    ChatClient alice = start(ALICE);
    assertThat(alice.name()).isEqualTo(ALICE);
    assertThat(alice.state()).isEqualTo(ChatClient.State.CONNECTED);
    assertThat(alice.capabilities()).contains(Capability.DIRECT_MESSAGES, Capability.HISTORY);
    assertThat(addressOf(ALICE)).isNotNull();
  }

  @Test
  void ownMessageIsAnEntryAndNoMessage() {
    Recorder alices = recorder();
    ChatClient alice = start(peer(ALICE).listener(alices));
    start(BOB);
    Entry sent = Await.result(alice.send(BOB, "mine"));
    Await.until("the own entry", () -> !alices.entries().isEmpty());
    assertThat(alices.entries()).containsExactly(sent);
    assertThat(alices.messages()).isEmpty();
  }

  @Test
  void noteToSelfIsKeptOnce() {
    Recorder alices = recorder();
    ChatClient alice = start(peer(ALICE).listener(alices));
    Entry sent = Await.result(alice.send(ALICE, "milk"));
    assertThat(texts(alice, ChatId.direct(ALICE, ALICE))).containsExactly("milk");
    alice.close();
    assertThat(alices.entries()).containsExactly(sent);
    assertThat(alices.messages()).isEmpty();
  }

  @Test
  void listenerMayAnswer() {
    Recorder heard = recorder();
    start(peer(BOB).listener((me, m) -> answer(me, m, "You said: " + m.text())));
    ChatClient alice = start(peer(ALICE).listener(heard));
    Await.result(alice.send(BOB, "one"));
    Await.result(alice.send(BOB, "two"));
    heard.awaitTexts("You said: one", "You said: two");
  }

  private static CompletableFuture<Entry> answer(ChatClient me, ChatMessage to, String text) {
    return me.send(to.author(), text);
  }

  @Test
  void listenerMayWaitUntilItsAnswerHasArrived() {
    Recorder heard = recorder();
    start(peer(BOB).listener((me, m) -> Await.result(answer(me, m, m.text() + "!"))));
    ChatClient alice = start(peer(ALICE).listener(heard));
    List<String> texts = numbered("text", 20);
    sendAll(alice, BOB, texts).forEach(Await::result);
    heard.awaitTexts(texts.stream().map(text -> text + "!").toArray(String[]::new));
  }

  @Test
  void messagesOfEachSenderArriveInOrder() {
    Recorder heard = recorder();
    start(peer(BOB).listener(heard));
    List<UserName> senders = numbered("sender", 4).stream().map(UserName::of).toList();
    List<CompletableFuture<Void>> done =
        senders.stream().map(this::start).map(PeerDeliveryContract::sendMany).toList();
    done.forEach(Await::result);
    List<ChatMessage> came = heard.awaitMessages(senders.size() * MANY);
    for (UserName sender : senders) {
      assertThat(came)
          .filteredOn(message -> message.author().equals(sender))
          .extracting(ChatMessage::text)
          .isEqualTo(numbered(sender.value(), MANY));
    }
  }

  private static CompletableFuture<Void> sendMany(ChatClient sender) {
    List<String> texts = numbered(sender.name().value(), MANY);
    return Background.run(() -> sendAll(sender, BOB, texts).forEach(Await::result));
  }

  @Test
  void threadsShareAClient() {
    Recorder heard = recorder();
    start(peer(BOB).listener(heard));
    ChatClient alice = start(ALICE);
    ConcurrentLinkedQueue<CompletableFuture<Entry>> sent = new ConcurrentLinkedQueue<>();
    List<String> threads = numbered("thread", 4);
    threads.stream()
        .map(name -> Background.run(() -> sent.addAll(send100(alice, name))))
        .toList()
        .forEach(Await::result);
    sent.forEach(Await::result);
    List<ChatMessage> came = heard.awaitMessages(400);
    for (String thread : threads) {
      assertThat(came)
          .extracting(ChatMessage::text)
          .filteredOn(text -> text.startsWith(thread))
          .isEqualTo(numbered(thread, 100));
    }
  }

  private static List<CompletableFuture<Entry>> send100(ChatClient client, String prefix) {
    return sendAll(client, BOB, numbered(prefix, 100));
  }

  @Test
  void bothDirectionsAreBusyAtOnce() {
    Recorder alices = recorder();
    Recorder bobs = recorder();
    ChatClient alice = start(peer(ALICE).listener(alices));
    ChatClient bob = start(peer(BOB).listener(bobs));
    List<CompletableFuture<Entry>> sent = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      sent.add(alice.send(BOB, "alice-" + i));
      sent.add(bob.send(ALICE, "bob-" + i));
    }
    sent.forEach(Await::result);
    bobs.awaitTexts(numbered("alice", MANY).toArray(String[]::new));
    alices.awaitTexts(numbered("bob", MANY).toArray(String[]::new));
  }

  @Test
  void sameDraftTwiceArrivesOnce() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    ChatClient alice = start(ALICE);
    Draft draft = Draft.of(BOB, "once");
    Entry first = Await.result(alice.send(draft));
    assertThat(Await.result(alice.send(draft))).isEqualTo(first);
    Await.result(alice.send(BOB, "end"));
    heard.awaitTexts("once", "end");
    assertThat(texts(alice)).containsExactly("once", "end");
    assertThat(texts(bob)).containsExactly("once", "end");
    bob.close();
    heard.assertNothingLeft();
  }

  @Test
  void sameDraftAtTheSameTimeArrivesOnce() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    ChatClient alice = start(ALICE);
    Draft draft = Draft.of(BOB, "once");
    List<CompletableFuture<Entry>> sent =
        IntStream.range(0, 20).mapToObj(i -> alice.send(draft)).toList();
    assertThat(sent.stream().map(Await::result).distinct()).hasSize(1);
    bob.close();
    heard.awaitTexts("once");
    heard.assertNothingLeft();
  }

  @Test
  void throwingListenerIsCalledAgain() {
    Recorder heard = recorder();
    start(peer(BOB).listener(throwing(heard)));
    ChatClient alice = start(ALICE);
    sendAll(alice, BOB, List.of("exception", "fine", "error", "fine too")).forEach(Await::result);
    heard.awaitTexts("exception", "fine", "error", "fine too");
  }

  private static ChatMessageListener throwing(ChatMessageListener then) {
    return (me, message) -> {
      then.onMessage(me, message);
      if (message.text().equals("exception")) {
        throw new IllegalStateException("a listener that throws, as it should");
      }
      if (message.text().equals("error")) {
        throw new AssertionError("a listener that throws, as it should");
      }
    };
  }

  @Test
  void everyTextIsHeardAndKeptAsItWasSaid() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    ChatClient alice = start(ALICE);
    sendAll(alice, BOB, Texts.UNICODE).forEach(Await::result);
    heard.awaitTexts(Texts.UNICODE.toArray(String[]::new));
    assertThat(texts(alice)).isEqualTo(Texts.UNICODE);
    assertThat(texts(bob)).isEqualTo(Texts.UNICODE);
  }

  @Test
  void halfASurrogatePairIsRefusedAtOnce() {
    ChatClient alice = start(ALICE);
    for (String text : List.of("\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D")) {
      assertThatThrownBy(() -> alice.send(BOB, text))
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    }
  }

  @Test
  void megabyteArrives() {
    Recorder heard = recorder();
    start(peer(BOB).listener(heard));
    ChatClient alice = start(ALICE);
    String megabyte = Texts.megabyte();
    sendAll(alice, BOB, List.of("before", megabyte, "after")).forEach(Await::result);
    List<ChatMessage> came = heard.awaitMessages(3);
    assertThat(came.get(1).text().equals(megabyte)).as("the same megabyte").isTrue();
    assertThat(came.get(2).text()).isEqualTo("after");
  }

  @Test
  void bothSidesKeepWhatWasSaid() {
    ChatClient alice = start(ALICE);
    ChatClient bob = start(BOB);
    List<String> texts = numbered("text", 11);
    for (int i = 0; i < texts.size(); i++) {
      Await.result(i % 2 == 0 ? alice.send(BOB, texts.get(i)) : bob.send(ALICE, texts.get(i)));
    }
    for (ChatClient client : List.of(alice, bob)) {
      assertThat(texts(client)).isEqualTo(texts);
      assertThat(textsBackwards(client, ChatId.direct(ALICE, BOB))).isEqualTo(texts);
    }
  }

  @Test
  void chatThatNobodyBeganIsEmpty() {
    ChatClient alice = start(ALICE);
    ChatId chat = ChatId.direct(ALICE, BOB);
    Page page = Await.result(alice.readAfter(chat, Cursor.START, 1));
    assertThat(page.entries()).isEmpty();
    assertThat(page.atEnd()).isTrue();
    assertThat(page.lost()).isFalse();
  }

  @Test
  void storageOfSeveralUsersShowsEachOnlyHisOwnChats() {
    Storage shared = Storage.inMemory();
    Recorder carols = recorder();
    start(peer(BOB).storage(shared));
    ChatClient carol = start(peer(CAROL).storage(shared).listener(carols));
    Await.result(carol.send(BOB, "for Bob alone"));
    Recorder alices = recorder();
    ChatClient alice = start(peer(ALICE).storage(shared).listener(alices));
    ChatId others = ChatId.direct(BOB, CAROL);
    assertThat(Await.code(alice.readAfter(others, Cursor.START, 1))).isEqualTo(Code.FORBIDDEN);
    assertThat(Await.code(alice.readBefore(others, Cursor.END, 1))).isEqualTo(Code.FORBIDDEN);
    alice.close();
    assertThat(alices.texts()).isEmpty();
  }

  static List<CompletableFuture<Entry>> sendAll(ChatClient from, UserName to, List<String> texts) {
    return texts.stream().map(text -> from.send(to, text)).toList();
  }

  /** What Alice and Bob have said, by one of them. */
  static List<String> texts(ChatClient client) {
    return texts(client, ChatId.direct(ALICE, BOB));
  }

  private static List<String> texts(ChatClient client, ChatId chat) {
    List<String> texts = new ArrayList<>();
    Page page = Await.result(client.readAfter(chat, Cursor.START, 3));
    texts.addAll(texts(page));
    while (!page.atEnd()) {
      page = Await.result(client.readAfter(chat, page.next(), 3));
      texts.addAll(texts(page));
    }
    return texts;
  }

  private static List<String> textsBackwards(ChatClient client, ChatId chat) {
    List<String> texts = new ArrayList<>();
    Page page = Await.result(client.readBefore(chat, Cursor.END, 4));
    texts.addAll(0, texts(page));
    while (!page.atEnd()) {
      page = Await.result(client.readBefore(chat, page.next(), 4));
      texts.addAll(0, texts(page));
    }
    return texts;
  }

  private static List<String> texts(Page page) {
    return page.entries().stream().map(entry -> ((ChatMessage) entry.event()).text()).toList();
  }
}

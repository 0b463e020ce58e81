package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The part of {@link TransportContract} that needs no client. */
abstract class BareTransportContract extends TransportFixture {
  /** What a sender hears of a peer who is not there or has gone. */
  private static final Set<Code> NO_ANSWER =
      EnumSet.of(Code.UNREACHABLE, Code.TIMED_OUT, Code.BAD_ANSWER);

  private static final int MANY = 500;

  @Test
  void endpointHasAnAddressOfTheTransport() {
    UserAddress address = open(new Mailbox()).address();
    assertThat(transport.protocols()).contains(address.protocol());
    assertThat(address.port()).isPositive();
  }

  @Test
  void protocolsAreWrittenAsInAddresses() {
    assertThat(transport.protocols())
        .isNotEmpty()
        .allSatisfy(protocol -> new UserAddress(protocol, HOST, 1));
  }

  @Test
  void envelopeArrivesAsItWas() {
    Mailbox mailbox = new Mailbox();
    Transport.Connection connection = connect(open(mailbox));
    Envelope named = new Envelope(MessageId.of("a-Z_0.9:~"), ALICE, BOB, "named");
    Envelope toWhomever = new Envelope(MessageId.random(), CAROL, null, "to whomever");
    Await.result(connection.deliver(named));
    Await.result(connection.deliver(toWhomever));
    assertThat(mailbox.envelopes()).containsExactly(named, toWhomever);
  }

  @Test
  void everyTextArrivesAsItWas() {
    Mailbox mailbox = new Mailbox();
    Transport.Connection connection = connect(open(mailbox));
    Texts.UNICODE.forEach(text -> Await.result(connection.deliver(envelope(text))));
    assertThat(mailbox.texts()).isEqualTo(Texts.UNICODE);
  }

  @Test
  void messagesOfAConnectionArriveInOrder() {
    Mailbox mailbox = new Mailbox();
    Transport.Connection connection = connect(open(mailbox));
    List<String> texts = numbered("message", MANY);
    deliverAll(connection, texts).forEach(Await::result);
    assertThat(mailbox.texts()).isEqualTo(texts);
  }

  @Test
  void connectionsShareAnEndpoint() {
    Mailbox mailbox = new Mailbox();
    Transport.Endpoint endpoint = open(mailbox);
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (String sender : numbered("sender", 5)) {
      sent.addAll(deliverAll(connect(endpoint), numbered(sender, 50)));
    }
    sent.forEach(Await::result);
    for (String sender : numbered("sender", 5)) {
      assertThat(mailbox.texts())
          .filteredOn(text -> text.startsWith(sender))
          .isEqualTo(numbered(sender, 50));
    }
  }

  @Test
  void oneTransportHasManyEndpoints() {
    Mailbox first = new Mailbox();
    Mailbox second = new Mailbox();
    Transport.Endpoint toFirst = open(first);
    Transport.Endpoint toSecond = open(second);
    Await.result(connect(toFirst).deliver(envelope("first")));
    Await.result(connect(toSecond).deliver(envelope("second")));
    assertThat(first.texts()).containsExactly("first");
    assertThat(second.texts()).containsExactly("second");
  }

  @Test
  void repeatIsTheReceiversBusiness() {
    Mailbox mailbox = new Mailbox();
    Transport.Connection connection = connect(open(mailbox));
    Envelope envelope = envelope("again");
    Await.result(connection.deliver(envelope));
    Await.result(connection.deliver(envelope));
    assertThat(mailbox.envelopes()).containsExactly(envelope, envelope);
  }

  @Test
  void answerWaitsForTheReceiver() {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    Mailbox mailbox = new Mailbox(envelope -> stored);
    CompletableFuture<Void> sent = connect(open(mailbox)).deliver(envelope("slow"));
    Await.until("the message to arrive", () -> !mailbox.texts().isEmpty());
    assertThat(sent).isNotDone();
    stored.complete(null);
    Await.result(sent);
  }

  @Test
  void everyMessageGetsItsOwnAnswer() {
    Mailbox mailbox = new Mailbox(BareTransportContract::refuseOddOnes);
    Transport.Connection connection = connect(open(mailbox));
    List<CompletableFuture<Void>> sent = deliverAll(connection, numbered("text", 100));
    for (int i = 0; i < sent.size(); i++) {
      ChatException failure = Await.failure(sent.get(i));
      String answer = failure == null ? "stored" : failure.getMessage();
      assertThat(answer).isEqualTo(i % 2 == 0 ? "stored" : "no text-" + i);
    }
  }

  private static CompletableFuture<Void> refuseOddOnes(Envelope envelope) {
    int number = Integer.parseInt(envelope.text().substring("text-".length()));
    return Background.run(
        () -> {
          if (number % 2 == 1) {
            throw new ChatException(Code.REFUSED, "no " + envelope.text());
          }
        });
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNREACHABLE", "TIMED_OUT", "BAD_ANSWER", "INTERNAL"})
  void refusalReachesTheSender(Code code) {
    Transport.Connection connection = connect(open(new Mailbox(e -> refuseFirst(e, code))));
    ChatException failure = Await.failure(connection.deliver(envelope("first")));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessage("“no”, said the \"receiver\"");
    Await.result(connection.deliver(envelope("second")));
  }

  private static CompletableFuture<Void> refuseFirst(Envelope envelope, Code code) {
    return envelope.text().equals("first")
        ? CompletableFuture.failedFuture(new ChatException(code, "“no”, said the \"receiver\""))
        : CompletableFuture.completedFuture(null);
  }

  @Test
  void receiverThatFailsIsAnInternalError() {
    Transport.Connection connection = connect(open(new Mailbox(e -> failUnless("good", e.text()))));
    assertThat(Await.code(connection.deliver(envelope("throw")))).isEqualTo(Code.INTERNAL);
    assertThat(Await.code(connection.deliver(envelope("fail")))).isEqualTo(Code.INTERNAL);
    Await.result(connection.deliver(envelope("good")));
  }

  private static CompletableFuture<Void> failUnless(String good, String text) {
    if (text.equals("throw")) {
      throw new IllegalStateException("a receiver that throws");
    }
    return text.equals(good)
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(new IllegalStateException("a receiver that fails"));
  }

  @Test
  void nobodyListeningIsUnreachable() {
    Transport.Connection connection = connect(deserted());
    assertThat(Await.code(connection.deliver(envelope("hello?")))).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void connectionWithoutAnAnswerIsSpent() {
    UserAddress address = deserted();
    Transport.Connection connection = connect(address);
    assertThat(Await.code(connection.deliver(envelope("one")))).isIn(NO_ANSWER);
    Mailbox mailbox = new Mailbox();
    open(address.port(), mailbox);
    assertThat(Await.code(connection.deliver(envelope("two")))).isIn(NO_ANSWER);
    assertThat(mailbox.texts()).isEmpty();
  }

  @Test
  void endpointThatClosesIsNoticed() {
    Mailbox mailbox = new Mailbox();
    Transport.Endpoint endpoint = open(mailbox);
    Transport.Connection connection = connect(endpoint);
    Await.result(connection.deliver(envelope("before")));
    endpoint.close();
    assertThat(Await.code(connection.deliver(envelope("after")))).isIn(NO_ANSWER);
    assertThat(mailbox.texts()).containsExactly("before");
  }

  @Test
  void endpointCanOpenAgainWhereItWas() {
    Transport.Endpoint first = open(new Mailbox());
    Await.result(connect(first).deliver(envelope("to the first")));
    first.close();
    Mailbox mailbox = new Mailbox();
    Transport.Endpoint second = open(first.address().port(), mailbox);
    assertThat(second.address()).isEqualTo(first.address());
    Await.result(connect(second).deliver(envelope("to the second")));
    assertThat(mailbox.texts()).containsExactly("to the second");
  }

  @Test
  void silentReceiverDoesNotHoldUpTheEndOfItsEndpoint() {
    Mailbox silent = Mailbox.silent();
    Transport.Endpoint endpoint = open(silent);
    List<CompletableFuture<Void>> sent = deliverAll(connect(endpoint), numbered("text", 20));
    Await.until("a message to arrive", () -> !silent.texts().isEmpty());
    Await.result(Background.run(endpoint::close));
    endpoint.close();
    assertThat(all(sent)).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void closingEndpointAnswersWhatItHasTakenIn() {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    Mailbox mailbox = new Mailbox(envelope -> stored);
    Transport.Endpoint endpoint = open(mailbox);
    CompletableFuture<Void> sent = connect(endpoint).deliver(envelope("in time"));
    Await.until("the message to arrive", () -> !mailbox.texts().isEmpty());
    Executor soon =
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, Background.THREADS);
    CompletableFuture<Void> closing = Background.run(endpoint::close);
    soon.execute(() -> stored.complete(null));
    Await.result(sent);
    Await.result(closing);
  }

  @Test
  void silentReceiverOfMegabytesDoesNotBlockTheCaller() {
    String megabyte = Texts.megabyte();
    Transport.Connection connection = connect(open(Mailbox.silent()));
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    Await.result(
        Background.run(
            () ->
                Collections.nCopies(12, megabyte)
                    .forEach(text -> deliver(connection, sent, text))));
    assertThat(sent).hasSize(12).noneMatch(CompletableFuture::isDone);
    Await.result(Background.run(connection::close));
    assertThat(all(sent)).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  private static void deliver(
      Transport.Connection connection, List<CompletableFuture<Void>> sent, String text) {
    sent.add(connection.deliver(envelope(text)));
  }

  @Test
  void closingAConnectionFailsWhatIsUnderWay() {
    Mailbox silent = Mailbox.silent();
    Transport.Connection connection = connect(open(silent));
    List<CompletableFuture<Void>> sent = deliverAll(connection, numbered("text", 20));
    Await.until("a message to arrive", () -> !silent.texts().isEmpty());
    Await.result(Background.run(connection::close));
    connection.close();
    assertThat(all(sent)).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(Await.failure(connection.deliver(envelope("late")))).isNotNull();
  }

  @Test
  void connectionThatWasNeverUsedCloses() {
    Transport.Connection connection = connect(open(new Mailbox()));
    connection.close();
    assertThat(Await.failure(connection.deliver(envelope("late")))).isNotNull();
  }

  @Test
  void portInUseCannotBeListenedOn() {
    int port = open(new Mailbox()).address().port();
    assertThatThrownBy(() -> open(port, new Mailbox()))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.CANNOT_LISTEN));
  }

  private static List<CompletableFuture<Void>> deliverAll(
      Transport.Connection connection, List<String> texts) {
    return texts.stream().map(text -> connection.deliver(envelope(text))).toList();
  }
}

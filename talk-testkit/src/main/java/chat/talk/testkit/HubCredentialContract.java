package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link HubContract} about an application's own way to tell who somebody is. */
abstract class HubCredentialContract extends HubConnectContract {
  @Test
  void credentialOfANewNameMakesAUser() {
    serveWhoeverIsNamed();
    Participant alice = join(HubClient.join(hub, credential("alice")));
    assertThat(alice.name()).isEqualTo(ALICE);
    alice.say(alice.general(), "Hello");
    assertThat(refusal(newUser(ALICE))).isEqualTo(Code.NAME_TAKEN);
    restart();
    assertThat(back(alice).name()).isEqualTo(ALICE);
  }

  @Test
  void credentialOfAKnownUserIsAFurtherDevice() {
    serveWhoeverIsNamed();
    Participant phone = join(ALICE);
    Participant laptop = join(HubClient.join(hub, credential("alice")));
    assertThat(laptop.name()).isEqualTo(ALICE);
    assertThat(devices(raw(laptop.client().token()))).hasSize(2);
    phone.say(phone.general(), "Hello");
  }

  private RawSession raw(Token token) {
    return raw(new Login.Known(token));
  }

  @Test
  void sameCredentialAgainIsTheSameDevice() {
    serveWhoeverIsNamed();
    Login login = credential("alice");
    String device = raw(login).session.device();
    RawSession again = raw(login);
    assertThat(again.session.device()).isEqualTo(device);
    assertThat(devices(again)).hasSize(1);
  }

  @Test
  void credentialIsCheckedOnceAndAsItWasGiven() {
    List<String> checked = Collections.synchronizedList(new ArrayList<>());
    serve(
        options ->
            options.withAuthenticator(
                credential -> {
                  checked.add(credential);
                  return CompletableFuture.completedFuture(ALICE);
                }));
    raw(credential(" a b\u00e9 "));
    assertThat(checked).containsExactly(" a b\u00e9 ");
  }

  @Test
  void credentialMayBeCheckedLater() {
    CompletableFuture<UserName> later = new CompletableFuture<>();
    serve(options -> options.withAuthenticator(credential -> later));
    CompletableFuture<RawSession> alice = Background.supply(() -> raw(credential("slow")));
    assertThat(join(BOB).general()).isNotNull();
    later.complete(ALICE);
    assertThat(Await.result(alice).session.user()).isEqualTo(ALICE);
  }

  @Test
  void tokenOfAnotherUserIsNotTakenWithACredential() {
    serveWhoeverIsNamed();
    Participant bob = join(BOB);
    Login login = new Login.Credential("alice", bob.client().token());
    assertThat(refusal(login)).isNotNull().isNotEqualTo(Code.INTERNAL);
    assertThat(bob.ask(new Command.Devices())).hasSize(1);
  }

  @Test
  void hubsOwnNameIsNotForCredentials() {
    serveWhoeverIsNamed();
    assertThat(refusal(credential("hub"))).isIn(Code.FORBIDDEN, Code.NAME_TAKEN, Code.INVALID);
  }

  static Stream<Arguments> failures() {
    ChatException refusal = new ChatException(Code.UNAUTHENTICATED, "nobody");
    IllegalStateException fault = new IllegalStateException("out of order");
    return Stream.of(
        failure("fails", Code.UNAUTHENTICATED, text -> CompletableFuture.failedFuture(refusal)),
        failure("fails badly", Code.INTERNAL, text -> CompletableFuture.failedFuture(fault)),
        failure("refuses by throwing", Code.UNAUTHENTICATED, text -> raise(refusal)),
        failure("throws", Code.INTERNAL, text -> raise(fault)),
        failure("returns null", Code.INTERNAL, text -> null),
        failure("finds null", Code.INTERNAL, text -> CompletableFuture.completedFuture(null)));
  }

  private static Arguments failure(
      String name, Code told, Function<String, CompletionStage<UserName>> authenticator) {
    return Arguments.of(name, told, authenticator);
  }

  private static CompletionStage<UserName> raise(RuntimeException failure) {
    throw failure;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void whoIsNotVouchedForIsToldAndTheHubGoesOn(
      String name, Code told, Function<String, CompletionStage<UserName>> authenticator) {
    serve(options -> options.withAuthenticator(authenticator));
    assertThat(refusal(credential("alice"))).isEqualTo(told);
    assertThat(join(ALICE).general()).isNotNull();
  }

  private void serveWhoeverIsNamed() {
    serve(
        options ->
            options.withAuthenticator(
                name -> CompletableFuture.supplyAsync(() -> UserName.of(name))));
  }

  private static Login credential(String credential) {
    return new Login.Credential(credential, Token.random());
  }
}

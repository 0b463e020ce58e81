package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException.Code;
import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Registry} has to hold: who gets a name, who may move or remove it, and what is
 * told of everybody, also when hundreds ask at once.
 */
@Timeout(60)
public abstract class RegistryContract {
  private static final int MANY = 300;
  private static final UserName BOB = UserName.of("bob");
  private static final UserAddress HOME = UserAddress.http("127.0.0.1", 8080);
  private static final UserAddress AWAY = UserAddress.http("example.org", 65535);
  private static final Claim CLAIM = Claim.of("a-secret");
  private static final Claim OTHER = Claim.of("another-secret");

  private Registry registry;

  /** For subclasses. */
  protected RegistryContract() {}

  /**
   * Makes the registry under test.
   *
   * @return a new and empty one at each call
   */
  protected abstract Registry registry();

  /** Releases what {@link #registry()} has opened; called after each test. */
  protected void close() {}

  @BeforeEach
  void prepare() {
    registry = registry();
  }

  @AfterEach
  void cleanUp() {
    close();
  }

  @Test
  void newRegistryIsEmpty() {
    assertThat(users()).isEmpty();
  }

  @Test
  void registeredUserIsFound() {
    Await.result(registry.register(BOB, HOME, Claim.NONE));
    assertThat(users()).isEqualTo(Map.of(BOB, HOME));
  }

  @Test
  void usersComeInTheOrderOfTheirNames() {
    List<String> shuffled = List.of("b", "a.2", "Z", "_", "a", "-", "0", "B", "a-1", "ab");
    shuffled.forEach(name -> Await.result(register(UserName.of(name), HOME, Claim.NONE)));
    List<UserName> sorted = shuffled.stream().map(UserName::of).sorted().toList();
    assertThat(users().keySet()).containsExactlyElementsOf(sorted);
  }

  @Test
  void usersCannotBeModified() {
    Await.result(register(BOB, HOME, Claim.NONE));
    Map<UserName, UserAddress> users = users();
    assertThatThrownBy(users::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void usersAreAPictureOfTheMoment() {
    Await.result(register(BOB, HOME, Claim.NONE));
    Map<UserName, UserAddress> before = users();
    Await.result(registry.remove(BOB, Claim.NONE));
    assertThat(before).containsOnlyKeys(BOB);
    assertThat(users()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "-", "_", "...", ".a", "a.", "-_.-_.", "users", "v1", "0", "A.Z"})
  void everyNameIsKeptAsItIs(String text) {
    UserName name = UserName.of(text);
    Await.result(register(name, HOME, Claim.NONE));
    Await.result(registry.update(name, AWAY, Claim.NONE));
    assertThat(users()).isEqualTo(Map.of(name, AWAY));
    Await.result(registry.remove(name, Claim.NONE));
    assertThat(users()).isEmpty();
  }

  @Test
  void longestNameIsKeptAsItIs() {
    everyNameIsKeptAsItIs("x".repeat(UserName.MAX_LENGTH));
  }

  @Test
  void caseOfNamesCounts() {
    Await.result(register(BOB, HOME, Claim.NONE));
    Await.result(register(UserName.of("BOB"), AWAY, Claim.NONE));
    assertThat(users()).isEqualTo(Map.of(BOB, HOME, UserName.of("BOB"), AWAY));
  }

  static List<UserAddress> addresses() {
    return List.of(
        new UserAddress("HTTP", "localhost", 1),
        new UserAddress("HTTPS", "example.org", 443),
        new UserAddress("WS", "127.0.0.1", 65535),
        new UserAddress("WSS", "a-b_c.example.org", 8443),
        new UserAddress("HTTP", "::1", 8080),
        new UserAddress("WS", "2001:db8::ff00:42:8329", 8080),
        new UserAddress("HTTP", "bücher.example", 80));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void everyAddressIsKeptAsItIs(UserAddress address) {
    Await.result(register(BOB, address, Claim.NONE));
    assertThat(users()).isEqualTo(Map.of(BOB, address));
  }

  @Test
  void openNameIsTakenOnce() {
    Await.result(register(BOB, HOME, Claim.NONE));
    assertThat(Await.code(register(BOB, AWAY, Claim.NONE))).isEqualTo(Code.NAME_TAKEN);
    assertThat(Await.code(register(BOB, HOME, Claim.NONE))).isEqualTo(Code.NAME_TAKEN);
    assertThat(Await.code(register(BOB, AWAY, CLAIM))).isEqualTo(Code.NAME_TAKEN);
    assertThat(users()).isEqualTo(Map.of(BOB, HOME));
  }

  @Test
  void claimedNameIsForbiddenToOthers() {
    Await.result(register(BOB, HOME, CLAIM));
    for (Claim stranger : List.of(OTHER, Claim.NONE)) {
      assertThat(Await.code(register(BOB, AWAY, stranger))).isEqualTo(Code.FORBIDDEN);
      assertThat(Await.code(registry.update(BOB, AWAY, stranger))).isEqualTo(Code.FORBIDDEN);
      assertThat(Await.code(registry.remove(BOB, stranger))).isEqualTo(Code.FORBIDDEN);
    }
    assertThat(users()).isEqualTo(Map.of(BOB, HOME));
  }

  @Test
  void claimedNameObeysItsClaim() {
    Await.result(register(BOB, HOME, CLAIM));
    Await.result(registry.update(BOB, AWAY, CLAIM));
    assertThat(users()).isEqualTo(Map.of(BOB, AWAY));
    Await.result(registry.remove(BOB, CLAIM));
    assertThat(users()).isEmpty();
  }

  @Test
  void registeringAgainWithTheClaimMovesTheUser() {
    Await.result(register(BOB, HOME, CLAIM));
    Await.result(register(BOB, AWAY, CLAIM));
    assertThat(users()).isEqualTo(Map.of(BOB, AWAY));
    assertThat(Await.code(registry.remove(BOB, OTHER))).isEqualTo(Code.FORBIDDEN);
  }

  @Test
  void updateRegistersWhoeverIsAbsent() {
    Await.result(registry.update(BOB, HOME, CLAIM));
    assertThat(users()).isEqualTo(Map.of(BOB, HOME));
    assertThat(Await.code(registry.update(BOB, AWAY, Claim.NONE))).isEqualTo(Code.FORBIDDEN);
  }

  @Test
  void updateWithoutAClaimLeavesANewNameOpen() {
    Await.result(registry.update(BOB, HOME, Claim.NONE));
    Await.result(registry.update(BOB, AWAY, OTHER));
    Await.result(registry.remove(BOB, Claim.NONE));
    assertThat(users()).isEmpty();
  }

  @Test
  void updateDoesNotClaimAnOpenName() {
    Await.result(register(BOB, HOME, Claim.NONE));
    Await.result(registry.update(BOB, AWAY, CLAIM));
    Await.result(registry.update(BOB, HOME, Claim.NONE));
    Await.result(registry.remove(BOB, OTHER));
    assertThat(users()).isEmpty();
  }

  @Test
  void removingWhoeverIsAbsentIsFine() {
    Await.result(registry.remove(BOB, Claim.NONE));
    Await.result(registry.remove(BOB, CLAIM));
    assertThat(users()).isEmpty();
  }

  @Test
  void removedNameIsFreeAgain() {
    Await.result(register(BOB, HOME, CLAIM));
    Await.result(registry.remove(BOB, CLAIM));
    Await.result(register(BOB, AWAY, OTHER));
    assertThat(Await.code(registry.remove(BOB, CLAIM))).isEqualTo(Code.FORBIDDEN);
    assertThat(users()).isEqualTo(Map.of(BOB, AWAY));
  }

  @Test
  void longestClaimCounts() {
    Claim longest = Claim.of("+/".repeat(Claim.MAX_LENGTH / 2 - 1) + "==");
    Await.result(register(BOB, HOME, longest));
    assertThat(Await.code(registry.remove(BOB, CLAIM))).isEqualTo(Code.FORBIDDEN);
    Await.result(registry.remove(BOB, longest));
  }

  @Test
  void ofManyWhoWantANameExactlyOneGetsIt() {
    List<CompletableFuture<Void>> all = atOnce(i -> register(BOB, port(i), Claim.NONE));
    List<Code> codes = all.stream().map(Await::code).filter(code -> code != null).toList();
    assertThat(codes).hasSize(MANY - 1).containsOnly(Code.NAME_TAKEN);
    int winner = IntStream.range(0, MANY).filter(i -> Await.code(all.get(i)) == null).sum();
    assertThat(users()).isEqualTo(Map.of(BOB, port(winner)));
  }

  @Test
  void ofManyWhoClaimANameExactlyOneOwnsIt() {
    List<CompletableFuture<Void>> all = atOnce(i -> register(BOB, port(i), claim(i)));
    List<Code> codes = all.stream().map(Await::code).filter(code -> code != null).toList();
    assertThat(codes).hasSize(MANY - 1).containsOnly(Code.FORBIDDEN);
    int winner = IntStream.range(0, MANY).filter(i -> Await.code(all.get(i)) == null).sum();
    Await.result(registry.remove(BOB, claim(winner)));
  }

  @Test
  void manyDifferentNamesAreAllKept() {
    atOnce(i -> register(UserName.of("user" + i), port(i), claim(i))).forEach(Await::result);
    Map<UserName, UserAddress> expected = new TreeMap<>();
    IntStream.range(0, MANY).forEach(i -> expected.put(UserName.of("user" + i), port(i)));
    assertThat(users()).isEqualTo(expected);
    atOnce(i -> registry.remove(UserName.of("user" + i), claim(i))).forEach(Await::result);
    assertThat(users()).isEmpty();
  }

  @Test
  void manyUpdatesOfAnOpenNameLeaveOneOfThem() {
    atOnce(i -> registry.update(BOB, port(i), Claim.NONE)).forEach(Await::result);
    Collection<UserAddress> left = users().values();
    assertThat(left).hasSize(1);
    assertThat(IntStream.range(0, MANY).mapToObj(RegistryContract::port)).containsAll(left);
  }

  private CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim) {
    return registry.register(user, address, claim);
  }

  private Map<UserName, UserAddress> users() {
    return Await.result(registry.users());
  }

  private static UserAddress port(int i) {
    return UserAddress.http("127.0.0.1", i + 1);
  }

  private static Claim claim(int i) {
    return Claim.of("secret-" + i);
  }

  private static List<CompletableFuture<Void>> atOnce(IntFunction<CompletableFuture<Void>> call) {
    return IntStream.range(0, MANY)
        .mapToObj(i -> Background.supply(() -> call.apply(i)))
        .toList()
        .stream()
        .map(Await::result)
        .toList();
  }
}

package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.RegistryStore.Registration;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.jdbc.JdbcRegistryStore.Replacement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change comes to when the pool asks for it again, since a commit was not answered. */
final class JdbcRegistryStoreTest {
  private static final UserName BOB = UserName.of("bob");
  private static final UserAddress HOME = UserAddress.http("127.0.0.1", 8080);
  private static final Registration ONE = new Registration(HOME, "digest", 1);
  private static final Registration TWO = new Registration(HOME, null, 2);

  @TempDir private Path folder;
  private Pool pool;
  private JdbcRegistryStore store;

  @BeforeEach
  void open() {
    String file = folder.resolve("talk.db").toString();
    Dialect dialect = Dialect.of(file);
    pool = Pool.open(dialect, Database.builder(file));
    Schema.migrate(dialect, pool.dataSource());
    store = new JdbcRegistryStore(pool);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void whatWasCommittedAfterAllIsDone() {
    Replacement adding = new Replacement(BOB, null, ONE);
    Replacement moving = new Replacement(BOB, ONE, TWO);
    Replacement removing = new Replacement(BOB, TWO, null);
    for (Replacement replacement : new Replacement[] {adding, moving, removing}) {
      assertThat(pool.write(replacement)).isTrue();
      assertThat(pool.write(replacement)).isTrue();
    }
    assertThat(store.get(BOB)).isEmpty();
  }

  @Test
  void whatWasNotCommittedIsDoneNow() {
    Replacement adding = new Replacement(BOB, null, ONE);
    assertThat(pool.write(adding)).isTrue();
    assertThat(store.replace(BOB, ONE, null)).isTrue();
    assertThat(pool.write(adding)).isTrue();
    assertThat(store.get(BOB)).contains(ONE);
  }

  @Test
  void whatSomebodyElseHasChangedMeanwhileStays() {
    Replacement adding = new Replacement(BOB, null, ONE);
    assertThat(pool.write(adding)).isTrue();
    assertThat(store.replace(BOB, ONE, TWO)).isTrue();
    assertThat(pool.write(adding)).isFalse();
    assertThat(store.get(BOB)).contains(TWO);
  }
}

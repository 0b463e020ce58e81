package chat.talk.jdbc;

import chat.talk.RegistryStore;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.jdbc.Statements.Work;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jetbrains.annotations.Nullable;

/** Registrations in a table, which several registries may share. */
final class JdbcRegistryStore implements RegistryStore {
  private static final String TABLE = "registrations";
  private static final List<String> KEY = List.of("name");
  private static final List<String> REST = List.of("protocol", "host", "port", "revision", "claim");

  private static final String ALL = "SELECT name, " + String.join(", ", REST) + " FROM " + TABLE;
  private static final String ONE = ALL + " WHERE name = ?";
  private static final String INSERT = Sql.insert(TABLE, KEY, REST);

  private static final String IF_EXPECTED =
      " WHERE name = ? AND protocol = ? AND host = ? AND port = ? AND revision = ? AND ";
  private static final String UPDATE =
      "UPDATE " + TABLE + " SET " + Sql.list(REST, column -> column + " = ?") + IF_EXPECTED;
  private static final String DELETE = "DELETE FROM " + TABLE + IF_EXPECTED;

  private final Pool pool;

  JdbcRegistryStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Optional<Registration> get(UserName user) {
    return Optional.ofNullable(pool.read(statements -> find(statements, user)));
  }

  private static @Nullable Registration find(Statements statements, UserName user)
      throws SQLException {
    return statements.query(
        ONE, parameters -> parameters.text(user.value()), row -> read(row).get(user));
  }

  @Override
  public Map<UserName, Registration> all() {
    return Collections.unmodifiableMap(
        pool.read(statements -> statements.query(ALL, nothing -> {}, JdbcRegistryStore::read)));
  }

  private static Map<UserName, Registration> read(Row row) throws SQLException {
    Map<UserName, Registration> users = new TreeMap<>();
    while (row.next()) {
      row.parse(TABLE, columns -> users.put(columns.user(), registration(columns)));
    }
    return users;
  }

  private static Registration registration(Row row) throws SQLException {
    UserAddress address = new UserAddress(row.text(), row.text(), Math.toIntExact(row.number()));
    long revision = row.number();
    return new Registration(address, row.textOrNull(), revision);
  }

  @Override
  public boolean replace(
      UserName user, @Nullable Registration expected, @Nullable Registration next) {
    return pool.write(new Replacement(user, expected, next));
  }

  /** One change, which the pool may ask for several times. */
  static final class Replacement implements Work<Boolean> {
    private final UserName user;
    private final @Nullable Registration expected;
    private final @Nullable Registration next;

    /** Whether it was made before; nobody knows then whether that was committed. */
    private boolean made;

    Replacement(UserName user, @Nullable Registration expected, @Nullable Registration next) {
      this.user = Objects.requireNonNull(user, "user");
      this.expected = expected;
      this.next = next;
    }

    @Override
    public Boolean with(Statements statements) throws SQLException {
      Registration current = find(statements, user);
      if (made && Objects.equals(current, next)) {
        return true;
      }
      made = Objects.equals(current, expected) && make(statements);
      return made;
    }

    /** Asks for what is expected again, for others may come in between. */
    private boolean make(Statements statements) throws SQLException {
      if (expected == null) {
        return next == null || insert(statements, next);
      }
      String claim = expected.claim() == null ? "claim IS NULL" : "claim = ?";
      return next == null
          ? statements.update(DELETE + claim, to -> bindExpected(to, expected)) == 1
          : statements.update(UPDATE + claim, to -> bindExpected(bind(to, next), expected)) == 1;
    }

    private boolean insert(Statements statements, Registration registration) throws SQLException {
      return statements.update(INSERT, to -> bind(to.text(user.value()), registration)) == 1;
    }

    private void bindExpected(Parameters to, Registration registration) throws SQLException {
      bindAllButClaim(to.text(user.value()), registration);
      if (registration.claim() != null) {
        to.text(registration.claim());
      }
    }

    private static Parameters bind(Parameters to, Registration registration) throws SQLException {
      return bindAllButClaim(to, registration).text(registration.claim());
    }

    private static Parameters bindAllButClaim(Parameters to, Registration registration)
        throws SQLException {
      UserAddress address = registration.address();
      return to.text(address.protocol())
          .text(address.host())
          .number(address.port())
          .number(registration.revision());
    }
  }
}

package chat.talk.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.sql.Connection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls of the house, as docs/architecture.md draws them. */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("chat.talk");

  private static final String[] API = {"chat.talk", "chat.talk.room", "chat.talk.internal"};

  private static final String[] LIBRARIES = {"io.netty..", "okhttp3..", "okio..", "com.squareup.."};

  private static final String[] DATABASES = {
    "java.sql..", "javax.sql..", "com.zaxxer..", "org.flywaydb..", "org.sqlite.."
  };

  @Test
  void apiNeedsNothingButTheJdk() {
    classes()
        .that()
        .resideInAnyPackage(API)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(API).or(resideInAnyPackage("java..", "org.jetbrains.annotations")))
        .check(HOUSE);
  }

  @Test
  void arrowsBetweenModulesPointAsDrawn() {
    mayUse("chat.talk.http..", "chat.talk", "chat.talk.room", "chat.talk.http..").check(HOUSE);
    mayUse("chat.talk.hub..", "chat.talk", "chat.talk.room", "chat.talk.hub..").check(HOUSE);
    mayUse("chat.talk.jdbc..", "chat.talk", "chat.talk.room", "chat.talk.jdbc..").check(HOUSE);
    mayUse("chat.talk.testkit..", "chat.talk", "chat.talk.room", "chat.talk.testkit..")
        .check(HOUSE);
    mayUse("chat.talk.registry..", "chat.talk", "chat.talk.http", "chat.talk.registry..")
        .check(HOUSE);
  }

  private static ArchRule mayUse(String from, String... allowed) {
    DescribedPredicate<JavaClass> foreignRoom =
        resideInAPackage("chat.talk..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    return noClasses().that().resideInAPackage(from).should().dependOnClassesThat(foreignRoom);
  }

  @Test
  void internalsAreUsedByTheirOwnModuleOnly() {
    areInternal("chat.talk.internal", API).check(HOUSE);
    areInternal("chat.talk.http.internal..", "chat.talk.http..").check(HOUSE);
    noClasses()
        .that()
        .resideOutsideOfPackages("chat.talk.internal", "chat.talk.http.internal..")
        .should()
        .resideInAPackage("..internal..")
        .check(HOUSE);
  }

  private static ArchRule areInternal(String internals, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(internals);
  }

  @Test
  void networkLibrariesStayInTheirModule() {
    noClasses()
        .that()
        .resideOutsideOfPackages("chat.talk.http..", "chat.talk.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(LIBRARIES)
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("chat.talk.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "okhttp3..")
        .check(HOUSE);
  }

  @Test
  void databasesStayInTheirModule() {
    noClasses()
        .that()
        .resideOutsideOfPackages("chat.talk.jdbc..", "chat.talk.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DATABASES)
        .check(HOUSE);
  }

  /**
   * What people say is a parameter of a prepared statement, and never part of one. SQLite's own
   * check has to be interrupted, so it holds its statement itself.
   */
  @Test
  void sqlIsPreparedInOnePlace() {
    noClasses()
        .that()
        .resideInAPackage("chat.talk.jdbc..")
        .and()
        .doNotHaveSimpleName("Statements")
        .and()
        .doNotHaveSimpleName("SqliteCheck")
        .should()
        .callMethodWhere(describe("prepares SQL", HouseTest::preparesSql))
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("chat.talk.jdbc..")
        .and()
        .haveSimpleNameNotStartingWith("Sqlite")
        .and()
        .doNotHaveSimpleName("Schema")
        .should()
        .callMethod(Connection.class, "createStatement")
        .check(HOUSE);
  }

  private static boolean preparesSql(JavaMethodCall call) {
    return call.getTargetOwner().isEquivalentTo(Connection.class)
        && call.getName().startsWith("prepare");
  }

  @Test
  void publicSignaturesHoldNoForeignTypes() {
    codeUnits()
        .that()
        .areDeclaredInClassesThat(
            resideInAnyPackage(
                    "chat.talk",
                    "chat.talk.room",
                    "chat.talk.http",
                    "chat.talk.jdbc",
                    "chat.talk.registry")
                .and(describe("are public", type -> isPublic(type))))
        .and()
        .arePublic()
        .should(mentionOnly("java.", "chat.talk."))
        .check(HOUSE);
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static ArchCondition<JavaCodeUnit> mentionOnly(String... prefixes) {
    return new ArchCondition<>("mention only " + String.join(" and ", prefixes)) {
      @Override
      public void check(JavaCodeUnit method, ConditionEvents events) {
        Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
            .map(JavaClass::getBaseComponentType)
            .filter(type -> !type.isPrimitive())
            .filter(type -> Stream.of(prefixes).noneMatch(type.getName()::startsWith))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " mentions " + type.getName())));
      }
    };
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(HOUSE);
  }

  @Test
  void libraryPrintsNothing() {
    noClasses()
        .that()
        .resideInAnyPackage(API)
        .or()
        .resideInAnyPackage("chat.talk.http..", "chat.talk.jdbc..", "chat.talk.testkit..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(HOUSE);
  }
}

package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be seen without an engine. */
final class ComposeTest {
  private static final Pattern REQUIRED = Pattern.compile("\\$\\{[A-Z_]+:\\?.+}");
  private static final String OWN = "build";

  private String text;
  private Map<String, Map<String, Object>> services;
  private Map<String, Object> volumes;

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(Containerfile.ROOT.resolve("compose.yaml"));
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Map<String, Map<String, Object>> file = new Yaml(new SafeConstructor(strict)).load(text);
    services = map(file.get("services"));
    volumes = file.get("volumes");
  }

  @Test
  void everyServiceHasAnImageAndComesBack() {
    assertThat(services).containsKeys("hub", "registry", "mariadb");
    assertThat(services.values())
        .allSatisfy(
            service -> {
              assertThat(service).containsKey("image").containsKey("stop_grace_period");
              assertThat(service).containsEntry("restart", "unless-stopped");
            });
  }

  @Test
  void ownServicesAreBuiltByTheContainerfile() {
    assertThat(own())
        .isNotEmpty()
        .allSatisfy(
            service -> {
              Map<String, String> build = map(service.get(OWN));
              Path folder = Containerfile.ROOT.resolve(build.get("context"));
              assertThat(folder.resolve(build.get("dockerfile"))).isRegularFile();
            });
  }

  @Test
  void othersHaveAKnownVersionAndSayWhenTheyAreWell() {
    assertThat(services.values())
        .filteredOn(service -> !service.containsKey(OWN))
        .isNotEmpty()
        .allSatisfy(
            service -> {
              assertThat((String) service.get("image")).matches("\\S+/\\S+:\\d+\\S*");
              assertThat(service).containsKey("healthcheck");
            });
  }

  @Test
  void theProgramTakesItsCommands() {
    assertThat(own())
        .allSatisfy(
            service -> {
              List<String> command = list(service.get("command"));
              Main.commandLine().parseArgs(command.toArray(String[]::new));
            });
  }

  @Test
  void theProgramWritesToItsVolumesOnly() {
    assertThat(own())
        .allSatisfy(
            service -> {
              assertThat(service).containsEntry("read_only", true);
              assertThat(service).containsEntry("cap_drop", List.of("ALL"));
              assertThat(service).containsEntry("volumes", List.of("talk:/data"));
            });
  }

  @Test
  void whoNeedsADatabaseWaitsUntilItIsWell() {
    assertThat(map(services.get("hub").get("depends_on")))
        .containsEntry("mariadb", Map.of("condition", "service_healthy"));
  }

  @Test
  void portsAreOpenToThisMachineOnly() {
    assertThat(services.values())
        .flatMap(service -> list(service.getOrDefault("ports", List.of())))
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    assertThat(services.get("mariadb")).doesNotContainKey("ports");
  }

  @Test
  void passwordsHaveToBeGiven() {
    assertThat(text.split("\\$\\{", -1))
        .hasSize(1 + REQUIRED.matcher(text).results().toList().size());
    assertThat(password("hub", DatabaseOptions.PASSWORD)).matches(REQUIRED);
    assertThat(password("mariadb", "MARIADB_PASSWORD"))
        .isEqualTo(password("registry", DatabaseOptions.PASSWORD));
  }

  @Test
  void theDatabaseKeepsWhatItHasCommitted() {
    assertThat(list(services.get("mariadb").get("command")))
        .contains("--innodb-flush-log-at-trx-commit=1", "--character-set-server=utf8mb4");
    assertThat(list(services.get("mariadb").get("volumes"))).contains("mariadb:/var/lib/mysql");
    assertThat(volumes).containsOnlyKeys("talk", "mariadb");
  }

  private List<Map<String, Object>> own() {
    return services.values().stream().filter(service -> service.containsKey(OWN)).toList();
  }

  private String password(String service, String name) {
    Map<String, String> environment = map(services.get(service).get("environment"));
    return environment.get(name);
  }

  @SuppressWarnings("unchecked")
  private static <V> Map<String, V> map(Object yaml) {
    return (Map<String, V>) yaml;
  }

  @SuppressWarnings("unchecked")
  private static List<String> list(Object yaml) {
    return (List<String>) yaml;
  }
}

package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import chat.talk.http.HttpHealth;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "health",
    description = "Ask a registry or a peer whether it is well; fails when it is not.",
    versionProvider = Version.class,
    sortOptions = false)
final class HealthCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "URL",
      converter = UrlConverter.class,
      description = "Where it listens, such as http://127.0.0.1:8070.")
  private UserAddress address;

  @Option(
      names = "--timeout",
      defaultValue = "5s",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long the answer may take (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Mixin private TrustOption trust;
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    try (HttpHealth health = new HttpHealth(1, timeout, trust.settings())) {
      if (!health.check(address).join()) {
        throw new Failure(ExitCode.FAILED, address + " does not answer that it is well");
      }
    }
    return ExitCode.OK;
  }

  static final class UrlConverter implements ITypeConverter<UserAddress> {
    @Override
    public UserAddress convert(String value) {
      try {
        return UserAddress.parse(value);
      } catch (ChatException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

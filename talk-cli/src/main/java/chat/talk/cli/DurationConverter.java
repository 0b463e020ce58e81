package chat.talk.cli;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: 500ms, 2s, 2m, 1h. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));
  private static final Duration LONGEST = Duration.ofDays(365);

  @Override
  public Duration convert(String value) {
    Matcher parts = FORM.matcher(value);
    if (parts.matches()) {
      Duration duration = UNITS.get(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
      if (!duration.isZero() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw new TypeConversionException(
        "'" + value + "' is no duration of 1ms to 8760h, such as 500ms, 2s or 2m");
  }
}

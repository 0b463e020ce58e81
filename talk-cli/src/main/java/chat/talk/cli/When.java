package chat.talk.cli;

import chat.talk.ChatException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Times as people write and read them. */
final class When {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DATE_AND_CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(Locale.UK);

  private When() {}

  /**
   * The time that somebody means.
   *
   * @param word so long from now (10m), the next time of a clock (18:30), or a date and time
   *     (2026-12-24T18:00, with Z for UTC)
   * @throws ChatException when it is none of these
   */
  static Instant parse(String word, Instant now, ZoneId zone) {
    try {
      if (word.matches("\\d{1,2}:\\d\\d(:\\d\\d)?")) {
        return next(LocalTime.parse(word.length() % 3 == 1 ? "0" + word : word), now, zone);
      }
      if (word.contains("T")) {
        return word.endsWith("Z")
            ? Instant.parse(word)
            : LocalDateTime.parse(word).atZone(zone).toInstant();
      }
      return now.plus(new DurationConverter().convert(word));
    } catch (DateTimeException | TypeConversionException e) {
      throw Arguments.invalid(
          "a time is 10m or 2h from now, 18:30, or 2026-12-24T18:00; but was " + word);
    }
  }

  /**
   * A length of time.
   *
   * @throws ChatException when it is none
   */
  static Duration length(String word) {
    try {
      return new DurationConverter().convert(word);
    } catch (TypeConversionException e) {
      throw Arguments.invalid(e.getMessage());
    }
  }

  private static Instant next(LocalTime time, Instant now, ZoneId zone) {
    ZonedDateTime today = now.atZone(zone).with(time);
    return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
  }

  static String clock(Instant time, ZoneId zone) {
    return CLOCK.format(time.atZone(zone));
  }

  static String day(Instant time, ZoneId zone) {
    return DAY.format(time.atZone(zone));
  }

  /** With the date where that is not today, and the seconds where they still have to pass. */
  static String moment(Instant time, Instant now, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    boolean isToday = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
    boolean isSoon = time.isAfter(now) && time.isBefore(now.plus(SOON));
    return (isSoon ? SECONDS : isToday ? CLOCK : DATE_AND_CLOCK).format(local);
  }

  static String dateAndClock(Instant time, ZoneId zone) {
    return DATE_AND_CLOCK.format(time.atZone(zone));
  }

  /** Whether a text tells an exact time, as programs write it. */
  static boolean isIn(String text) {
    return INSTANT.matcher(text).find();
  }

  /** The text with its exact times as people read them. */
  static String readable(String text, Instant now, ZoneId zone) {
    return INSTANT
        .matcher(text)
        .replaceAll(found -> moment(Instant.parse(found.group()), now, zone));
  }
}

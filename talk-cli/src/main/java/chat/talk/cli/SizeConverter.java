package chat.talk.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: 500, 20k, 5m, 1g; a k is 1,024. */
final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})([kmg]?)");

  @Override
  public Long convert(String value) {
    Matcher parts = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (parts.matches()) {
      int shift = 10 * " kmg".indexOf(parts.group(2).isEmpty() ? " " : parts.group(2));
      long size = Long.parseLong(parts.group(1)) << shift;
      if (size >= 1) {
        return size;
      }
    }
    throw new TypeConversionException(
        "'" + value + "' is no size of 1 or more bytes, such as 500, 20k or 5m");
  }
}

package chat.talk.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: 500, 20k, 5m; a k is 1,024. */
final class SizeConverter implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})([km]?)");

  @Override
  public Integer convert(String value) {
    Matcher parts = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (parts.matches()) {
      int shift = parts.group(2).isEmpty() ? 0 : parts.group(2).equals("k") ? 10 : 20;
      long size = Long.parseLong(parts.group(1)) << shift;
      if (size >= 1 && size <= Integer.MAX_VALUE) {
        return (int) size;
      }
    }
    throw new TypeConversionException(
        "'" + value + "' is no size of 1 to 2047m, such as 500, 20k or 5m");
  }
}

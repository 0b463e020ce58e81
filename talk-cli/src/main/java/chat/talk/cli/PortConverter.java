package chat.talk.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port to listen on; 0 lets the system choose. */
final class PortConverter implements ITypeConverter<Integer> {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,5}");
  private static final int HIGHEST = 65535;

  @Override
  public Integer convert(String value) {
    if (DIGITS.matcher(value).matches() && Integer.parseInt(value) <= HIGHEST) {
      return Integer.valueOf(value);
    }
    throw new TypeConversionException("'" + value + "' is no port: 0 (any) to " + HIGHEST);
  }
}

package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class ConvertersTest {
  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "2s, PT2S", "2m, PT2M", "1h, PT1H", "8760h, P365D"})
  void durationsAreReadAsPeopleWriteThem(String written, Duration meant) {
    assertThat(new DurationConverter().convert(written)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "2", "2 s", "-1s", "1.5s", "2S", "9999999999s", "8761h", "x"})
  void whatIsNoDurationIsRefused(String written) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new DurationConverter().convert(written))
        .withMessageStartingWith("'" + written + "' is no duration");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8080, 65535})
  void portsAreRead(int port) {
    assertThat(new PortConverter().convert(String.valueOf(port))).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "65536", "99999", "8080.5", "1e3", "0x50", "http", "٣"})
  void whatIsNoPortIsRefused(String written) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new PortConverter().convert(written));
  }
}

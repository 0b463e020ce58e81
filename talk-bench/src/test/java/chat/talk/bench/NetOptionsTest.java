package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetOptionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs=0",
        "runs=x",
        "runs=1.5",
        "runs=",
        "runs=-1",
        "runs=99999999999999999999",
        "seconds=NaN",
        "seconds=-1",
        "seconds=1e9",
        "seconds=999999",
        "size=1",
        "rate=0",
        "folder=/no/such/folder",
        "rnus=1",
        "=1",
        "runs"
      })
  void whatMakesNoSenseIsRefused(String setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetOptions.of(setting))
        .withMessageContaining(setting.split("=", 2)[0]);
  }

  @Test
  void theLaterOfTwoCounts() {
    NetOptions options = NetOptions.of("runs=1", "runs=2").with(NetOptions.of("seconds=0.5"));
    assertThat(options.number("runs", 3)).isEqualTo(2);
    assertThat(options.decimal("seconds", 5)).isEqualTo(0.5);
    assertThat(options.number("readers", 7)).isEqualTo(7);
  }

  @Test
  void anOptionOfAJvmMayHaveAnEqualsSignInIt() {
    assertThat(NetOptions.of("jvm=-Da=b").jvm()).containsExactly("-Da=b");
  }

  @Test
  void whatIsCompiledAtFirstWarmsUpForALittleOnly() {
    Contender compiled = Contenders.named("limit");
    assertThat(NetOptions.NONE.warmUp(compiled)).isEqualTo(4);
    assertThat(NetOptions.NONE.warmUp(Contenders.TALK)).isEqualTo(25);
    assertThat(NetOptions.of("warmup=1").warmUp(compiled)).isEqualTo(1);
  }
}

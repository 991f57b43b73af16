package dev.weir.source.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StopSignalsTest {

  @ParameterizedTest
  @CsvSource({
    "SIGTERM, 15",
    "TERM, 15",
    "sigquit, 3",
    "15, 15",
    "SIGKILL, 9",
    "SIGUSR1, 10",
    "SIGWINCH, 28",
    "SIGRTMIN, 34",
    "SIGRTMIN+3, 37",
    "RTMAX-1, 63",
    "SYS, 31"
  })
  void namesAndNumbersAreTheSameSignal(String signal, int number) {
    assertThat(StopSignals.number(signal)).isEqualTo(OptionalInt.of(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SIGNOTHING", "SIG", "RTMIN+x", "-1"})
  void whatIsNoSignalHasNoNumber(String signal) {
    assertThat(StopSignals.number(signal)).isEmpty();
  }
}

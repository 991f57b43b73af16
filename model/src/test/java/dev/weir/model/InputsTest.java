package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.SourceState.LastGood;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a pool is settled: nothing that its required sources know is missing. */
class InputsTest {
  private static final PoolId WEB = new PoolId("web");
  private static final SourceName FILE = new SourceName("web/file");
  private static final SourceName OPTIONAL = new SourceName("web/docker");

  @Test
  void notBeforeARequiredSourceHasReported() {
    assertThat(inputs(Map.of()).settled(WEB)).isFalse();
    assertThat(inputs(Map.of(FILE, SourceState.unheard(FILE))).settled(WEB)).isFalse();
    assertThat(inputs(Map.of(FILE, failed())).settled(WEB)).isFalse();
  }

  @Test
  void onceItHasEvenIfItCannotLookNow() {
    assertThat(inputs(Map.of(FILE, known(false))).settled(WEB)).isTrue();
  }

  @Test
  void byItsReportFromDisk() {
    assertThat(inputs(Map.of(FILE, known(true))).settled(WEB)).isTrue();
    assertThat(known(true).heard()).isFalse();
    assertThat(known(false).heard()).isTrue();
  }

  @Test
  void neverAPoolThatIsNotThere() {
    assertThat(inputs(Map.of(FILE, known(false))).settled(new PoolId("api"))).isFalse();
    assertThat(Inputs.NONE.settled(WEB)).isFalse();
  }

  private static Inputs inputs(Map<SourceName, SourceState> sources) {
    PoolDefinition definition =
        new PoolDefinition(
            WEB,
            PoolPolicy.DEFAULT,
            List.of(new SourceBinding(FILE, true), new SourceBinding(OPTIONAL, false)));
    PoolInputs pool =
        new PoolInputs(
            new CatalogPool(definition, List.of()), Map.of(), List.of(), Map.of(), List.of());
    return new Inputs(1, true, Map.of(WEB, pool), sources);
  }

  private static SourceState known(boolean fromDisk) {
    return new SourceState(
        FILE, Optional.of(new LastGood(List.of(), Instant.EPOCH, fromDisk)), Optional.empty());
  }

  private static SourceState failed() {
    return new SourceState(
        FILE,
        Optional.empty(),
        Optional.of(new SourceState.Failure("connection refused", Instant.EPOCH)));
  }
}

package dev.weir.app.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Fingerprint;
import dev.weir.model.Plan;
import dev.weir.model.ProxyName;
import dev.weir.model.Step;
import dev.weir.model.Step.Expected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {

  @Test
  void ofACommandWithASecretOnlyTheRestIsShown() {
    Step step = new Step("set key s3cret", "set key ...", "add web3", Expected.SILENCE);
    Plan plan = new Plan.Live(Fingerprint.of("x"), List.of(), List.of(step), List.of());
    assertThat(new Forecast.Told(new ProxyName("edge"), "haproxy", plan, Map.of()).lines())
        .containsExactly(
            "edge (haproxy): would be changed without a reload", "  add web3: set key ...");
  }

  @Test
  void whatCannotBeRenderedIsShownWithItsCaret() {
    Plan plan =
        new Plan.Blocked(Fingerprint.of("x"), "/t.tmpl:2:3: no such field\n  {{.x}}\n    ^");
    assertThat(new Forecast.Told(new ProxyName("edge"), "nginx", plan, Map.of()).lines())
        .containsExactly(
            "edge (nginx): nothing can be done until this is mended",
            "  /t.tmpl:2:3: no such field",
            "    {{.x}}",
            "      ^");
  }
}

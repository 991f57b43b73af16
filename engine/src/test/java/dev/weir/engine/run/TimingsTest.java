package dev.weir.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimingsTest {
  private final Timings timings = new Timings();

  @Test
  void aDurationOnABoundBelongsToItsBucket() {
    timings.add(Duration.ofMillis(1));
    timings.add(Duration.ofMillis(1).plusNanos(1));
    assertThat(timings.snapshot().counts().subList(0, 2)).containsExactly(1L, 1L);
  }

  @Test
  void whatIsLongerThanAllBoundsIsCountedInTheRest() {
    timings.add(Duration.ofHours(1));
    assertThat(timings.snapshot().counts()).hasSize(Timings.BOUNDS.size() + 1).endsWith(1L);
  }

  @Test
  void sumAndCountFollow() {
    timings.add(Duration.ofMillis(3));
    timings.add(Duration.ofMillis(4));
    timings.add(Duration.ofMillis(-1));
    assertThat(timings.snapshot().sum()).isEqualTo(Duration.ofMillis(7));
    assertThat(timings.snapshot().count()).isEqualTo(3);
  }
}

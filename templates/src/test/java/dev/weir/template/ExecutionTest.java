package dev.weir.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExecutionTest {
  @Test
  void endsAfterItsSteps() throws LimitExceeded {
    Execution run = new Execution(Limits.DEFAULT.withSteps(2));
    run.step();
    run.step();

    assertThatThrownBy(run::step).isInstanceOf(LimitExceeded.class).hasMessage("more than 2 steps");
  }

  @Test
  void endsWhenItsTimeIsOver() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    Execution run = new Execution(Limits.DEFAULT.withTime(Duration.ofSeconds(1)), now::get);
    now.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThatThrownBy(() -> steps(run, 2_000)).hasMessage("longer than 1000 ms");
  }

  @Test
  void endsWhenInterrupted() {
    Execution run = new Execution(Limits.DEFAULT);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> steps(run, 2_000)).hasMessage("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void keepsItsDepth() throws LimitExceeded {
    Execution run = new Execution(Limits.DEFAULT.withDepth(1));
    run.enter();

    assertThatThrownBy(run::enter).hasMessage("more than 1 levels deep");
    run.leave();
    run.enter();
  }

  @Test
  void writesBytesAndStopsAtTheLimit() throws LimitExceeded {
    Execution run = new Execution(Limits.DEFAULT.withOutput(4));
    run.write(Text.of("h\u00e9"));

    assertThat(run.size()).isEqualTo(3);
    assertThatThrownBy(() -> run.write(new byte[] {1, 2}, 0, 2))
        .hasMessage("more than 4 bytes of output");
    assertThat(run.written()).isEqualTo(Text.of("h\u00e9"));
  }

  @Test
  void countsWhatIsBuilt() throws LimitExceeded {
    Execution run = new Execution(Limits.DEFAULT.withOutput(4));

    assertThatThrownBy(() -> run.built(5)).hasMessage("a value of more than 4 bytes");
    Execution patient = new Execution(Limits.DEFAULT.withOutput(4));
    for (int count = 0; count < 10; count++) {
      patient.built(4);
    }
    assertThatThrownBy(() -> patient.built(4)).hasMessage("values of more than 10 times 4 bytes");
  }

  private static void steps(Execution run, int count) throws LimitExceeded {
    for (int step = 0; step < count; step++) {
      run.step();
    }
  }
}

package dev.weir.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.spi.StoreException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many lives in many worlds. Whenever a world has been quiet for long enough, every proxy runs what
 * follows from the newest inputs; and at every step before that, soft evidence alone breaks no
 * floor, a source that could not look takes nobody, and nobody is said to be in step who is not.
 *
 * <p>{@code -Dweir.simulation.runs=N} makes it long, {@code -Dweir.simulation.seed=S} repeats the
 * one with that seed.
 */
@Timeout(3600)
class SimulationTest {
  private static final int RUNS = Integer.getInteger("weir.simulation.runs", 60);
  private static final long FIRST = Long.getLong("weir.simulation.first", 1);
  private static final int HAPPENINGS = 150;

  static LongStream seeds() {
    Long only = Long.getLong("weir.simulation.seed");
    return only == null ? LongStream.range(FIRST, FIRST + RUNS) : LongStream.of(only);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverHappensItComesToRestRightly(long seed) throws StoreException {
    World world = new World(seed);
    live(seed, world);
  }

  @Test
  void theSameSeedTellsTheSameStory() throws StoreException {
    World one = new World(7);
    live(7, one);
    World other = new World(7);
    live(7, other);
    assertThat(other.story()).isEqualTo(one.story());
  }

  private static void live(long seed, World world) throws StoreException {
    try {
      world.live(HAPPENINGS);
      world.comeToRest();
    } catch (AssertionError | RuntimeException | InterruptedException e) {
      throw new AssertionError(
          "seed %d (again: -Dweir.simulation.seed=%d): %s%nwhat happened last:%n%s"
              .formatted(seed, seed, e.getMessage(), world.story()),
          e);
    }
  }
}

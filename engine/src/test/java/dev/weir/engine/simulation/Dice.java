package dev.weir.engine.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/** All that happens by chance, from one seed. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  Random random() {
    return random;
  }

  /** Whether something happens that happens in so many of a hundred cases. */
  boolean in100(int cases) {
    return random.nextInt(100) < cases;
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration upTo(Duration most) {
    return Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
  }

  <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Each with even chances. */
  <T> List<T> some(Collection<T> all) {
    List<T> chosen = new ArrayList<>();
    for (T it : all) {
      if (random.nextBoolean()) {
        chosen.add(it);
      }
    }
    return chosen;
  }
}

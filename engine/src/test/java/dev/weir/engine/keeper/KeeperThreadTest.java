package dev.weir.engine.keeper;

import static dev.weir.engine.keeper.KeeperRig.WEB;
import static dev.weir.engine.keeper.KeeperRig.id;
import static dev.weir.engine.keeper.KeeperRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.run.Latest;
import dev.weir.model.Inputs;
import dev.weir.model.OperatorOverride.Drain;
import dev.weir.model.Presence;
import dev.weir.model.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keeper on a thread of its own. */
class KeeperThreadTest {
  private final KeeperRig rig = new KeeperRig();
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});

  @BeforeEach
  void run() {
    rig.start(pool(WEB, UnaryOperator.identity(), "file")).reports(WEB, 1).step();
    Keeper keeper = rig.keeper();
    thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                keeper.run();
              } catch (InterruptedException expected) {
                // the end of every test
              }
            });
  }

  @AfterEach
  void end() throws InterruptedException {
    thread.interrupt();
    assertThat(thread.join(Duration.ofSeconds(5))).as("ends when interrupted").isTrue();
  }

  @Test
  void newsWakesItAtOnceThoughTimeStandsStill() throws InterruptedException {
    Latest<Inputs> reader = new Latest<>(rig.time);
    rig.keeper().subscribe(reader);
    Inputs before = reader.take();

    rig.reports(WEB, 1, 2);

    assertThat(reader.take().generation()).isGreaterThan(before.generation());
  }

  @Test
  void aCommandIsAnsweredWithTheGenerationThatHasIt() throws Exception {
    long generation = rig.keeper().submit(rig.set(new Target.One(id(WEB, 1)), new Drain()));

    assertThat(rig.inputs().generation()).isEqualTo(generation);
    assertThat(rig.inputs(WEB).overrides()).hasSize(1);
  }

  @Test
  void timeAloneMovesIt() throws InterruptedException {
    Latest<Inputs> reader = new Latest<>(rig.time);
    rig.reports(WEB, 1, 2, 3);
    rig.keeper().subscribe(reader);
    await(reader, 3);
    rig.reports(WEB, 1, 2);
    awaitLeaving(reader);
    rig.time.awaitWaiters(1);

    while (reader.peekNow().filter(in -> size(in) == 2).isEmpty()) {
      rig.time.advance(Duration.ofSeconds(5));
      rig.time.awaitWaiters(1);
    }

    assertThat(rig.members(WEB)).hasSize(2);
  }

  private static void await(Latest<Inputs> reader, int members) throws InterruptedException {
    Inputs inputs = reader.take();
    while (size(inputs) != members) {
      inputs = reader.take();
    }
  }

  private static void awaitLeaving(Latest<Inputs> reader) throws InterruptedException {
    Inputs inputs = reader.take();
    while (Optional.ofNullable(inputs.pools().get(WEB)).stream()
        .flatMap(pool -> pool.pool().members().stream())
        .noneMatch(m -> m.presence() instanceof Presence.Leaving)) {
      inputs = reader.take();
    }
  }

  private static int size(Inputs inputs) {
    return Optional.ofNullable(inputs.pools().get(WEB))
        .map(pool -> pool.pool().members().size())
        .orElse(0);
  }
}

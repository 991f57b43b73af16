package dev.weir.source.serf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of three real agents, one of which is asked. */
@RequiresServer(Server.SERF)
final class RealSerfTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<Integer> ports = FreePorts.take(4);
  private final List<Started> agents = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Started agent : agents) {
      agent.kill();
    }
  }

  @Test
  void nodesThatJoinLeaveAndDieAreFollowed() throws Exception {
    start("alpha", 0, ports.get(3));
    try (WatchedSource watched =
        WatchedSource.start(SerfWorld.source(ports.get(3), Optional.empty()), PATIENCE)) {
      watched.awaitMembers(Set.of("alpha"));
      Started beta = start("beta", 1, FreePorts.one());
      Started gamma = start("gamma", 2, FreePorts.one());
      watched.awaitMembers(Set.of("alpha", "beta", "gamma"));
      int before = watched.count();
      new ProcessBuilder("kill", "-INT", Long.toString(beta.pid())).start().waitFor();
      watched.awaitMembers(before, Set.of("alpha", "gamma"));
      int left = watched.count();
      gamma.kill();
      watched.awaitMembers(left, Set.of("alpha"));
    }
  }

  @Test
  void nodesOnTheOtherSideOfAPartitionAreMissingAndNotKnownToHaveEnded() throws Exception {
    start("alpha", 0, ports.get(3));
    Started beta = start("beta", 1, FreePorts.one());
    Started gamma = start("gamma", 2, FreePorts.one());
    try (WatchedSource watched =
        WatchedSource.start(SerfWorld.source(ports.get(3), Optional.empty()), PATIENCE)) {
      watched.awaitMembers(Set.of("alpha", "beta", "gamma"));
      int before = watched.count();
      signal("STOP", beta, gamma);
      try {
        Complete alone = watched.awaitMembers(before, Set.of("alpha"));
        assertThat(alone.ended()).isEmpty();
        assertThat(alone.absence()).isEqualTo(Absence.MISSING);
      } finally {
        signal("CONT", beta, gamma);
      }
      watched.awaitMembers(watched.count() - 1, Set.of("alpha", "beta", "gamma"));
    }
  }

  /** A process that is stopped says nothing, like one that the network does not reach. */
  private static void signal(String signal, Started... agents) throws Exception {
    for (Started agent : agents) {
      String pid = Long.toString(agent.pid());
      assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
    }
  }

  private Started start(String name, int number, int rpc) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Server.SERF.path().toString(),
                "agent",
                "-node=" + name,
                "-bind=127.0.0.1:" + ports.get(number),
                "-rpc-addr=127.0.0.1:" + rpc,
                "-profile=local",
                "-tag=role=web",
                "-tag=port=" + (8000 + number)));
    if (number > 0) {
      command.add("-join=127.0.0.1:" + ports.getFirst());
    }
    Started agent = Started.start("serf-" + name, folder, command).awaitPort(rpc, PATIENCE);
    agents.add(agent);
    return agent;
  }
}

package dev.weir.source.serf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.SourceReport.Complete;
import dev.weir.secret.Secret;
import dev.weir.source.serf.FakeAgent.Node;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which nodes are members, and what an agent's words are taken for. */
final class SerfSourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void whoLeavesDrainsAndWhoHasLeftHasEnded() throws Exception {
    try (SerfWorld world = new SerfWorld()) {
      world.hold(List.of("alpha", "beta"));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.awaitMembers(Set.of("alpha", "beta"));
        world.agent().put("member-update", SerfWorld.node("alpha", "leaving"));
        Complete leaving =
            (Complete)
                watched.await(
                    1,
                    "a draining member",
                    report ->
                        report instanceof Complete complete
                            && complete.members().stream()
                                .anyMatch(m -> m.condition() == Condition.DRAINING));
        Member alpha =
            leaving.members().stream()
                .filter(member -> member.name().equals(Optional.of("alpha")))
                .findFirst()
                .orElseThrow();
        assertThat(alpha.condition()).isEqualTo(Condition.DRAINING);
        world.agent().put("member-leave", SerfWorld.node("alpha", "left"));
        Complete left = watched.awaitMembers(Set.of("beta"));
        assertThat(left.ended()).containsOnlyKeys(alpha.id());
      }
    }
  }

  @Test
  void whoFailedIsOutWithoutProofThatItEnded() throws Exception {
    try (SerfWorld world = new SerfWorld()) {
      world.hold(List.of("alpha", "beta"));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.awaitMembers(Set.of("alpha", "beta"));
        world.agent().put("member-failed", SerfWorld.node("alpha", "failed"));
        assertThat(watched.awaitMembers(Set.of("beta")).ended()).isEmpty();
      }
    }
  }

  @Test
  void anEventBeforeTheListIsNoPictureOfTheCluster() throws Exception {
    try (SerfWorld world = new SerfWorld()) {
      world.agent().tellEarly(SerfWorld.node("alpha", "alive"));
      world.hold(List.of("alpha", "beta"));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.awaitMembers(Set.of("alpha", "beta"));
        assertThat(watched.reports()).hasSize(1);
        world.fail(Fault.GONE);
        watched.awaitUnavailable(1);
        int before = watched.count();
        world.agent().putSilently(SerfWorld.node("beta", "left"));
        world.agent().putSilently(SerfWorld.node("gamma", "alive"));
        world.hold(List.of("alpha", "gamma"));
        watched.awaitMembers(before, Set.of("alpha", "gamma"));
        assertThat(watched.reports().subList(before, watched.count()))
            .allMatch(report ->
                report instanceof Complete complete
                    && WatchedSource.names(complete).equals(Set.of("alpha", "gamma")));
      }
    }
  }

  @Test
  void aBusyClusterIsListedAsWell() throws Exception {
    try (SerfWorld world = new SerfWorld()) {
      world.hold(List.of("alpha"));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.awaitMembers(Set.of("alpha"));
        world.agent().putSilently(SerfWorld.node("beta", "alive"));
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> {
              world.stir();
              return watched.reports().getLast() instanceof Complete complete
                  && WatchedSource.names(complete).equals(Set.of("alpha", "beta"));
            });
      }
    }
  }

  @Test
  void whatNoEventToldIsFoundByListing() throws Exception {
    try (SerfWorld world = new SerfWorld()) {
      world.hold(List.of("alpha"));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.awaitMembers(Set.of("alpha"));
        world.agent().putSilently(SerfWorld.node("beta", "alive"));
        watched.awaitMembers(Set.of("alpha", "beta"));
      }
    }
  }

  @Test
  void tagsSayPortAndWeightAndANodeThatSaysThemWrongIsRemarkedUpon() throws Exception {
    try (SerfWorld world = new SerfWorld()) {
      world.hold(List.of());
      world.agent().putSilently(tagged("a", Map.of("port", "8080", "weight", "7")));
      world.agent().putSilently(tagged("b", Map.of("port", "80; evil")));
      world.agent().putSilently(tagged("c", Map.of("port", "80", "weight", "none")));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        Complete report = watched.awaitMembers(Set.of("a"));
        assertThat(report.members().getFirst().address()).hasToString("10.0.0.97:8080");
        assertThat(report.members().getFirst().weight()).isEqualTo(7);
        assertThat(report.remarks())
            .hasSize(2)
            .anyMatch(remark -> remark.startsWith("node b: tag port: "))
            .anyMatch(remark -> remark.startsWith("node c: tag weight: "));
      }
    }
  }

  private static Node tagged(String name, Map<String, String> tags) {
    Map<String, String> all = new TreeMap<>(tags);
    all.put("role", "web");
    return new Node(name, name.charAt(0), "alive", all);
  }

  @Test
  void theKeyIsToldAndAWrongOneIsARefusal(@TempDir Path folder) throws Exception {
    Secret right = new Secret.InFile(Files.writeString(folder.resolve("right"), "s3cret"));
    Secret wrong = new Secret.InFile(Files.writeString(folder.resolve("wrong"), "guess"));
    try (FakeAgent agent = new FakeAgent(Optional.of("s3cret"))) {
      agent.putSilently(SerfWorld.node("alpha", "alive"));
      try (WatchedSource watched = watch(agent, Optional.of(right))) {
        watched.awaitMembers(Set.of("alpha"));
      }
      try (WatchedSource watched = watch(agent, Optional.of(wrong))) {
        assertThat(watched.awaitUnavailable(0).reason())
            .contains("Invalid authentication token", "auth_key")
            .doesNotContain("guess");
      }
      try (WatchedSource watched = watch(agent, Optional.empty())) {
        assertThat(watched.awaitUnavailable(0).reason()).contains("Authentication required");
      }
    }
  }

  private static WatchedSource watch(FakeAgent agent, Optional<Secret> key) {
    return WatchedSource.start(SerfWorld.source(agent.port(), key), PATIENCE);
  }

  @Test
  void addressesAreBytesInWhateverWayTheyArePacked() throws Exception {
    for (String packed :
        List.of("c4047f000202", "a47f000202", "c41000000000000000000000ffff7f000202")) {
      String node = "83a441646472" + packed + "a44e616d65a26e32a6537461747573a5616c697665";
      SerfNode read = SerfNode.of(reader(node).read());
      assertThat(read.ip().getHostAddress()).isEqualTo("127.0.2.2");
      assertThat(read.status()).isEqualTo(SerfNode.Status.ALIVE);
    }
  }

  @Test
  void sizesThatNoAgentSendsAreNotBelieved() {
    for (String packed : List.of("ddffffffff", "dfffffffff", "dbffffffff", "c6ffffffff")) {
      assertThatThrownBy(() -> reader(packed).read())
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("not what a Serf agent says");
    }
    assertThatThrownBy(() -> reader("91".repeat(100)).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too deeply");
  }

  private static PackedReader reader(String hex) {
    return new PackedReader(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
  }
}

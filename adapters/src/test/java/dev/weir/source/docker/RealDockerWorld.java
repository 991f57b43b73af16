package dev.weir.source.docker;

import dev.weir.net.HttpTarget;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.FoundPoolsWorld;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.ContainerSpec;
import dev.weir.testkit.real.DockerDaemon;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A real engine whose containers are the members; it is shared, and so are the containers. */
final class RealDockerWorld implements SourceWorld {

  private static final Pace BRISK =
      new Pace(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofMillis(20),
          Duration.ofMillis(200));

  private final DockerDaemon docker;
  private final DockerSourceType type = new DockerSourceType(BRISK);

  RealDockerWorld(DockerDaemon docker) {
    this.docker = docker;
  }

  /** The values of the label {@code weir.pool}. */
  static SourceWorld ofPools(DockerDaemon docker) {
    LabelSearch search = new LabelSearch(new Engines(BRISK));
    Selection selection = new Selection(List.of("weir.pool"), Optional.empty(), Optional.empty());
    Addressing addressing =
        new Addressing.Inside(OptionalInt.of(80), Optional.of(DockerDaemon.NETWORK));
    LabelSearch.Search pools =
        new LabelSearch.Search(
            "weir.pool",
            new DockerSourceType.Options(
                selection, addressing, HttpTarget.parse("unix:" + docker.socket())));
    return new FoundPoolsWorld(new RealDockerWorld(docker), () -> search.open(pools, Time.SYSTEM));
  }

  @Override
  public Source source() {
    Selection selection = new Selection(List.of("app=web"), Optional.empty(), Optional.empty());
    return type.open(
        new DockerSourceType.Options(
            selection,
            new Addressing.Inside(OptionalInt.of(80), Optional.of(DockerDaemon.NETWORK)),
            HttpTarget.parse("unix:" + docker.socket())),
        FakeEngineWorld.CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException {
    try {
      heal();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
    for (String container : docker.containers()) {
      if (!names.contains(container)) {
        docker.remove(container);
      }
    }
    for (String name : Set.copyOf(names)) {
      if (!docker.containers().contains(name)) {
        docker.run(ContainerSpec.sleeper(name).label("app", "web").label("weir.pool", name));
      }
    }
  }

  private void heal() throws IOException, InterruptedException {
    if (docker.isRunning()) {
      docker.thawDaemon();
    } else {
      docker.startDaemon();
    }
  }

  @Override
  public void fail(Fault fault) throws IOException {
    try {
      switch (fault) {
        case GONE -> docker.stopDaemon();
        case SILENT -> docker.freezeDaemon();
        case HALF, NONSENSE, NOTHING -> throw new IllegalArgumentException(fault.toString());
      }
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  @Override
  public void stir() throws IOException {
    docker.exec(docker.containers().iterator().next(), "true");
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("no index");
  }

  @Override
  public Map<Ability, String> unable() {
    String honest = "a real engine does not answer so";
    return Map.of(
        Ability.HALF,
        honest,
        Ability.NONSENSE,
        honest,
        Ability.NOTHING,
        honest,
        Ability.REWIND,
        "an engine has no index");
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void close() throws IOException {
    hold(List.copyOf(docker.containers()));
  }
}

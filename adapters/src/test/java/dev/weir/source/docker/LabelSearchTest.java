package dev.weir.source.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.FoundPool;
import dev.weir.model.PoolsReport;
import dev.weir.net.HttpTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which pools the labels of containers make, and which of their containers are in one. */
class LabelSearchTest {

  private static final LabelSearch.Search SEARCH =
      new LabelSearch.Search(
          "weir.pool",
          new DockerSourceType.Options(
              new Selection(List.of("app=web", "weir.pool"), Optional.empty(), Optional.empty()),
              new Addressing.Published(OptionalInt.empty(), "127.0.0.1"),
              HttpTarget.parse("unix:/var/run/docker.sock")));

  @Test
  void everyValueOfTheLabelIsAPoolAndTheFirstWishForAPathIsHeard() {
    Snapshot.Known known =
        known(
            container("c", Map.of("weir.pool", "shop", "weir.check", "/late")),
            container("b", Map.of("weir.pool", "shop", "weir.check", "/up")),
            container("a", Map.of("weir.pool", "shop")),
            container("d", Map.of("weir.pool", "blog", "weir.check", "no path")),
            container("e", Map.of("weir.pool", " ")),
            container("f", Map.of()));
    assertThat(LabelSearch.pools(SEARCH, known))
        .isEqualTo(
            PoolsReport.Complete.of(
                List.of(FoundPool.of("blog"), new FoundPool("shop", Optional.of("/up")))));
  }

  @Test
  void theSourceOfAPoolTakesItsContainersAlone() {
    Selection selection = new LabelSearch(new Engines(Pace.USUAL)).of(SEARCH, "shop").selection();
    assertThat(selection.matches(container("a", Map.of("weir.pool", "shop")))).isTrue();
    assertThat(selection.matches(container("b", Map.of("weir.pool", "blog")))).isFalse();
  }

  private static Snapshot.Known known(Container... containers) {
    Map<String, Container> byId = new TreeMap<>();
    List.of(containers).forEach(container -> byId.put(container.id(), container));
    return new Snapshot.Known(byId, Map.of());
  }

  private static Container container(String name, Map<String, String> labels) {
    Container plain = Containers.named(name);
    TreeMap<String, String> all = new TreeMap<>(plain.labels());
    all.putAll(labels);
    return new Container(
        plain.id(),
        plain.name(),
        plain.image(),
        plain.phase(),
        all,
        plain.ports(),
        plain.networks());
  }
}

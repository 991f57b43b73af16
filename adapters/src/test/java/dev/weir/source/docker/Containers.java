package dev.weir.source.docker;

import dev.weir.source.docker.Container.Binding;
import dev.weir.source.docker.Container.Phase;
import dev.weir.source.docker.Container.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Containers for tests. */
final class Containers {

  private Containers() {}

  /** A running container of the label {@code app=web} without ports, in one network. */
  static Container named(String name) {
    return new Container(
        "id-" + name,
        name,
        "registry:5000/shop/web:1.2",
        Phase.RUNNING,
        new TreeMap<>(Map.of("app", "web")),
        List.of(),
        new TreeMap<>(Map.of("front", "10.1.0.2")));
  }

  static Container with(Container container, Port... ports) {
    return new Container(
        container.id(),
        container.name(),
        container.image(),
        container.phase(),
        container.labels(),
        List.of(ports),
        container.networks());
  }

  static Container in(Container container, Map<String, String> networks) {
    return new Container(
        container.id(),
        container.name(),
        container.image(),
        container.phase(),
        container.labels(),
        container.ports(),
        new TreeMap<>(networks));
  }

  static Port exposed(int inside) {
    return new Port(inside, Optional.empty());
  }

  static Port published(int inside, String ip, int outside) {
    return new Port(inside, Optional.of(new Binding(ip, outside)));
  }
}

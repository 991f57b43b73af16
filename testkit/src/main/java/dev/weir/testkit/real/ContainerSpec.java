package dev.weir.testkit.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container to be run by a {@link DockerDaemon}, from its image with a busybox in it.
 *
 * @param command the program and its arguments
 * @param published ports of the container by the loopback ports at which they are published
 * @param exposed ports of the container that are only exposed
 * @param health a command that tells whether it is healthy, tried every 100 ms; absent for none
 * @param stopSignal absent for the usual one
 * @param place what it shares with its machine
 */
public record ContainerSpec(
    String name,
    List<String> command,
    Map<String, String> labels,
    Map<Integer, Integer> published,
    List<Integer> exposed,
    Optional<List<String>> health,
    Optional<String> stopSignal,
    Place place) {

  /** The port on which the web server of {@link #web} listens. */
  public static final int WEB_PORT = 80;

  public ContainerSpec {
    command = List.copyOf(command);
    labels = Map.copyOf(labels);
    published = Map.copyOf(published);
    exposed = List.copyOf(exposed);
  }

  /**
   * What a container shares with its machine.
   *
   * @param binds {@code HERE:THERE}, with {@code :ro} for what it may not write
   * @param hostNetwork whether it is in the machine's own network
   */
  public record Place(List<String> binds, boolean hostNetwork) {
    public Place {
      binds = List.copyOf(binds);
    }
  }

  /** The same in the machine's own network, with some of its folders and files. */
  public ContainerSpec onHost(String... binds) {
    return at(new Place(List.of(binds), true));
  }

  /** The same with some of the machine's folders and files, in a network of its own. */
  public ContainerSpec sharing(String... binds) {
    return at(new Place(List.of(binds), false));
  }

  private ContainerSpec at(Place other) {
    return new ContainerSpec(name, command, labels, published, exposed, health, stopSignal, other);
  }

  /** A web server that answers with its name and stops at once when it is told to. */
  public static ContainerSpec web(String name) {
    return sleeper(name)
        .running(
            "trap 'exit 0' TERM USR1; mkdir -p /www; echo "
                + name
                + " > /www/index.html;"
                + " httpd -f -p 80 -h /www & while :; do wait; done");
  }

  /** A program that does nothing, and does not stop when it is told to. */
  public static ContainerSpec sleeper(String name) {
    return new ContainerSpec(
        name,
        List.of("sleep", "100000"),
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Place(List.of(), false));
  }

  /** The same with another program, in the shell's language. */
  public ContainerSpec running(String script) {
    return new ContainerSpec(
        name, List.of("sh", "-c", script), labels, published, exposed, health, stopSignal, place);
  }

  /** The same with one more label. */
  public ContainerSpec label(String key, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return new ContainerSpec(name, command, more, published, exposed, health, stopSignal, place);
  }

  /** The same with one more port published on loopback. */
  public ContainerSpec publish(int outside, int inside) {
    Map<Integer, Integer> more = new LinkedHashMap<>(published);
    more.put(outside, inside);
    return new ContainerSpec(name, command, labels, more, exposed, health, stopSignal, place);
  }

  /** The same with one more port exposed. */
  public ContainerSpec expose(int inside) {
    List<Integer> more = new ArrayList<>(exposed);
    more.add(inside);
    return new ContainerSpec(name, command, labels, published, more, health, stopSignal, place);
  }

  /** The same with a health check, a command in the shell's language. */
  public ContainerSpec healthy(String script) {
    Optional<List<String>> check = Optional.of(List.of("CMD", "sh", "-c", script));
    return new ContainerSpec(name, command, labels, published, exposed, check, stopSignal, place);
  }

  /** The same with another signal that stops it. */
  public ContainerSpec stoppedBy(String signal) {
    return new ContainerSpec(
        name, command, labels, published, exposed, health, Optional.of(signal), place);
  }

  /** As the engine's API wants it. */
  String json(String image, String network) {
    Json json = new Json();
    json.put("Image", image);
    json.put("Cmd", command);
    json.put("Labels", labels);
    stopSignal.ifPresent(signal -> json.put("StopSignal", signal));
    health.ifPresent(test -> json.put("Healthcheck", check(test)));
    Map<String, Object> ports = new TreeMap<>();
    exposed.forEach(port -> ports.put(port + "/tcp", Map.of()));
    published.values().forEach(port -> ports.put(port + "/tcp", Map.of()));
    json.put("ExposedPorts", ports);
    String mode = place.hostNetwork() ? "host" : network;
    json.put(
        "HostConfig",
        Map.of("NetworkMode", mode, "PortBindings", bindings(), "Binds", place.binds()));
    return json.toString();
  }

  private static Map<String, Object> check(List<String> test) {
    long often = Duration.ofMillis(100).toNanos();
    long patience = Duration.ofSeconds(5).toNanos();
    return Map.of("Test", test, "Interval", often, "Timeout", patience, "Retries", 1);
  }

  private Map<String, Object> bindings() {
    Map<String, List<Object>> bindings = new TreeMap<>();
    published.forEach((outside, inside) ->
        bindings
            .computeIfAbsent(inside + "/tcp", ignored -> new ArrayList<>())
            .add(Map.of("HostIp", "127.0.0.1", "HostPort", outside.toString())));
    return new TreeMap<>(bindings);
  }
}

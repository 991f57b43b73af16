package dev.weir.source.docker;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A container that runs, as the engine lists it.
 *
 * @param id 64 hexadecimal digits
 * @param name without the slash in front; raw text
 * @param image as it was named when the container was created, or an id
 * @param ports what is published, and what is only exposed
 * @param networks its IP address in each network, by the network's name; empty where it has none
 */
record Container(
    String id,
    String name,
    String image,
    Phase phase,
    SortedMap<String, String> labels,
    List<Port> ports,
    SortedMap<String, String> networks) {

  /** Whether it can take work. */
  enum Phase {
    /** Running, and healthy where it has a health check. */
    RUNNING,
    /** Running, its health check has not concluded yet. */
    STARTING,
    /** Running, its health check fails. */
    UNHEALTHY,
    /** Frozen. */
    PAUSED,
    /** Told to stop; set by the event, no list shows it. */
    STOPPING
  }

  /**
   * A port of the container.
   *
   * @param inside as the container listens on it
   * @param outside where the engine publishes it; absent when it is only exposed
   */
  record Port(int inside, Optional<Binding> outside) {}

  /**
   * A place on the engine's machine.
   *
   * @param ip all addresses are {@code 0.0.0.0} or {@code ::}
   */
  record Binding(String ip, int port) {}

  Container {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    ports = List.copyOf(ports);
    networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
  }

  /** Whether the image has lost its name to another since the container was created. */
  boolean isImageNameless() {
    return image.startsWith("sha256:");
  }

  Container withImage(String newImage) {
    return new Container(id, name, newImage, phase, labels, ports, networks);
  }

  Container withPhase(Phase newPhase) {
    return new Container(id, name, image, newPhase, labels, ports, networks);
  }
}

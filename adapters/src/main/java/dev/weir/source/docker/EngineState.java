package dev.weir.source.docker;

import dev.weir.source.docker.Container.Phase;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a watch of an engine has learnt so far, kept over lost connections. Lists say what runs;
 * only events say how a container ended and that one is being stopped. Used by one thread.
 */
final class EngineState {

  /** So many ends are remembered, the latest. */
  private static final int ENDS = 1000;

  private final Map<String, Container> containers = new HashMap<>();

  /** How containers ended that have not come back, by id, oldest first. */
  private final Map<String, String> ended = new LinkedHashMap<>();

  /** The images of containers that lists show nameless, by id; a container's never changes. */
  private final Map<String, String> imageNames = new HashMap<>();

  /** When containers were started that are being stopped now, by id. */
  private final Map<String, String> stopping = new HashMap<>();

  /**
   * These containers run or are paused, and no others.
   *
   * @return the ids of those that did before
   */
  Set<String> replace(List<Container> running) {
    Set<String> vanished = new HashSet<>(containers.keySet());
    containers.clear();
    for (Container container : running) {
      vanished.remove(container.id());
      put(container);
    }
    stopping.keySet().retainAll(containers.keySet());
    imageNames.keySet().retainAll(containers.keySet());
    return vanished;
  }

  /** Of the containers with these ids, these run or are paused, and no others. */
  void refresh(Collection<String> ids, List<Container> running) {
    containers.keySet().removeAll(ids);
    running.forEach(this::put);
  }

  private void put(Container container) {
    containers.put(container.id(), container);
    if (container.phase() != Phase.STARTING) {
      ended.remove(container.id());
    }
  }

  /** A container was started, possibly again. */
  void started(String id) {
    stopping.remove(id);
  }

  /** A container got the signal that stops it. */
  void stopping(String id, String startedAt) {
    stopping.put(id, startedAt);
  }

  /** A container is not being stopped after all, or not any more. */
  void notStopping(String id) {
    stopping.remove(id);
  }

  /** When those containers were started that are being stopped, by id. */
  Map<String, String> stopping() {
    return Map.copyOf(stopping);
  }

  /**
   * A container came to its end.
   *
   * @param how for people
   */
  void ended(String id, String how) {
    containers.remove(id);
    stopping.remove(id);
    ended.remove(id);
    ended.put(id, how);
    if (ended.size() > ENDS) {
      ended.remove(ended.keySet().iterator().next());
    }
  }

  /** The name of a container's image, where it had to be asked for. */
  Optional<String> imageName(String id) {
    return Optional.ofNullable(imageNames.get(id));
  }

  /** Keeps the name of a container's image. */
  void imageName(String id, String name) {
    imageNames.put(id, name);
  }

  /** Whether anything is known of a container. */
  boolean knows(String id) {
    return containers.containsKey(id);
  }

  /** All of it, as it is now. */
  Snapshot.Known snapshot() {
    Map<String, Container> now = new HashMap<>(containers);
    stopping.keySet().forEach(id -> now.computeIfPresent(id, (key, c) -> stopped(c)));
    return new Snapshot.Known(now, ended);
  }

  private static Container stopped(Container container) {
    return container.withPhase(Phase.STOPPING);
  }
}

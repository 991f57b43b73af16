package dev.weir.source.docker;

import java.util.Map;

/**
 * Something that happened to a container.
 *
 * @param container its id
 * @param action as the engine says it, without what follows a colon: {@code health_status}; of an
 *     event of a network {@code connect} or {@code disconnect}
 * @param details {@code exitCode}, {@code signal} and more
 */
record EngineEvent(String container, String action, Map<String, String> details) {
  EngineEvent {
    details = Map.copyOf(details);
  }
}

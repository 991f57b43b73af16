package dev.weir.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy runs, as it says itself, and what lies in its files.
 *
 * @param pools those that were asked for and that the proxy has
 * @param files Weir's own files of this proxy
 * @param loaded the content fingerprint that the running proxy answers with; absent when it does
 *     not answer with one
 */
public record Observed(
    Condition condition,
    Map<PoolId, ObservedPool> pools,
    List<ObservedFile> files,
    Optional<Fingerprint> loaded) {

  public Observed {
    pools = Map.copyOf(pools);
    files = List.copyOf(files);
  }

  /** Whether the proxy runs. */
  public sealed interface Condition {

    /**
     * @param version as it says itself, {@code 1.22.1}; empty where it does not say
     */
    record Running(String version) implements Condition {}

    /**
     * It is not there at all; a start will read the files.
     *
     * @param reason how that is known, for people
     */
    record NotRunning(String reason) implements Condition {}

    /**
     * It may run, but cannot be asked.
     *
     * @param reason for people
     */
    record Unreachable(String reason) implements Condition {}
  }

  /**
   * @param members sorted by name
   */
  public record ObservedPool(PoolId id, List<ObservedMember> members) {
    public ObservedPool {
      members = List.copyOf(members);
    }
  }

  /** A server as the proxy has it. */
  public record ObservedMember(
      String name, Endpoint endpoint, ServerState state, int weight, boolean backup) {}

  /**
   * @param text absent when there is no such file
   */
  public record ObservedFile(Path file, Optional<String> text) {}

  /** What a file holds; absent when it is not there, or was not looked at. */
  public Optional<String> text(Path file) {
    return files.stream()
        .filter(found -> found.file().equals(file))
        .findFirst()
        .flatMap(ObservedFile::text);
  }

  /** The same of a proxy that has not loaded what lies in its files. */
  public Observed notLoaded() {
    return new Observed(condition, pools, files, Optional.empty());
  }

  public boolean running() {
    return condition instanceof Condition.Running;
  }
}

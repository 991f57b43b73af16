package dev.weir.model;

import java.util.List;
import java.util.Optional;

/**
 * What one proxy shall run.
 *
 * @param generation of the inputs it follows from
 * @param pools sorted by id; all that the proxy carries
 */
public record DesiredState(long generation, List<DesiredPool> pools, Fingerprint fingerprint) {

  public DesiredState {
    pools = List.copyOf(pools);
  }

  /** Computes the fingerprint over those of the pools. */
  public static DesiredState of(long generation, List<DesiredPool> pools) {
    List<DesiredPool> sorted = pools.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    Fingerprint.Digest digest = Fingerprint.digest();
    sorted.forEach(pool -> digest.add(pool.fingerprint().hex()));
    return new DesiredState(generation, sorted, digest.finish());
  }

  public Optional<DesiredPool> pool(PoolId id) {
    return pools.stream().filter(pool -> pool.id().equals(id)).findFirst();
  }
}

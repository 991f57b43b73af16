package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Composition.Made;
import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.publish.Culprits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when nginx refuses Weir's texts: the pools that are refused are found and frozen, in
 * whatever file they stand, and all that changes in others is published. Used by one thread.
 */
final class Isolation {

  private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

  private final Composition composition;
  private final DriverFiles files;
  private final Publication publication;
  private final FrozenPools frozen;

  Isolation(
      Composition composition, DriverFiles files, Publication publication, FrozenPools frozen) {
    this.composition = composition;
    this.files = files;
    this.publication = publication;
    this.frozen = frozen;
  }

  /**
   * Publishes what can be.
   *
   * @param refused the outcome of all together; it stays where nothing else is left to do
   * @param stamp of the user's files
   */
  Outcome isolate(DesiredState desired, Outcome.Rejected refused, String stamp)
      throws InterruptedException {
    try {
      EditedFiles edited = files.edited(files.observe());
      Map<PoolId, String> behind = composition.behind(desired, edited, files.own());
      Map<PoolId, String> culprits = culprits(desired, edited, behind);
      if (culprits.isEmpty()) {
        return refused;
      }
      for (Section section : composition.sections(desired)) {
        PoolId pool = section.pool().id();
        String message = culprits.get(pool);
        if (message != null) {
          frozen.freeze(section, behind.getOrDefault(pool, ""), message);
        }
      }
      frozen.rememberStamp(stamp);
      Map<Path, String> rest = files.texts(composition.make(desired, edited));
      return files.hold(rest) ? refused : publication.publish(desired.fingerprint(), rest);
    } catch (IOException e) {
      LOG.debug("cannot find out which pools nginx refuses", e);
      return refused;
    }
  }

  /** A text with none of the changes is asked about first: what else changed may be refused. */
  private Map<PoolId, String> culprits(
      DesiredState desired, EditedFiles edited, Map<PoolId, String> behind)
      throws IOException, InterruptedException {
    Culprits.Trial<PoolId> trial =
        with -> refusal(publication.judge(files.texts(some(desired, edited, behind, with))));
    return behind.isEmpty() || trial.refusal(Set.of()).isPresent()
        ? Map.of()
        : Culprits.find(List.copyOf(behind.keySet()), trial);
  }

  private Made some(
      DesiredState desired, EditedFiles edited, Map<PoolId, String> behind, Set<PoolId> with) {
    Map<PoolId, String> kept = new HashMap<>(behind);
    kept.keySet().removeAll(with);
    return composition.make(desired, edited, kept);
  }

  private static Optional<String> refusal(Verdict verdict) throws IOException {
    return switch (verdict) {
      case Verdict.Passed passed -> Optional.empty();
      case Verdict.Refused refused -> Optional.of(refused.message());
      case Verdict.NotAsked(String reason) -> throw new IOException(reason);
    };
  }
}

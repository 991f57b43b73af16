package dev.weir.driver.nginx;

import dev.weir.driver.nginx.UpstreamsText.Rendered;
import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.publish.Culprits;
import dev.weir.publish.PublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when nginx refuses Weir's text: the pools that are refused are found and frozen, and
 * all that changes in others is published. Used by one thread.
 */
final class Isolation {

  private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

  private final UpstreamsText texts;
  private final PublishedFile file;
  private final Publication publication;
  private final FrozenPools frozen;
  private final Function<PoolId, String> names;

  /**
   * @param names of the pools' upstreams
   */
  Isolation(
      UpstreamsText texts,
      PublishedFile file,
      Publication publication,
      FrozenPools frozen,
      Function<PoolId, String> names) {
    this.texts = texts;
    this.file = file;
    this.publication = publication;
    this.frozen = frozen;
    this.names = names;
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
      String current = file.read().orElse("");
      Map<PoolId, String> culprits = culprits(desired, current);
      if (culprits.isEmpty()) {
        return refused;
      }
      for (Section section : texts.sections(desired)) {
        String message = culprits.get(section.pool().id());
        if (message != null) {
          frozen.freeze(section, current, names.apply(section.pool().id()), message);
        }
      }
      frozen.rememberStamp(stamp);
      Rendered rest = texts.render(desired);
      return rest.text().equals(current)
          ? refused
          : publication.publish(desired.fingerprint(), own(rest.text()));
    } catch (IOException e) {
      LOG.debug("cannot find out which pools nginx refuses", e);
      return refused;
    }
  }

  private Map<PoolId, String> culprits(DesiredState desired, String current)
      throws IOException, InterruptedException {
    List<PoolId> changed =
        texts.render(desired).sections().stream()
            .filter(section -> !current.contains(section.text()))
            .map(section -> section.pool().id())
            .toList();
    Culprits.Trial<PoolId> trial =
        with -> refusal(publication.judge(own(some(desired, with, changed, current))));
    return changed.isEmpty() || trial.refusal(Set.of()).isPresent()
        ? Map.of() // what else changed is refused: a pool that left, or the text around all
        : Culprits.find(changed, trial);
  }

  private String some(
      DesiredState desired, Set<PoolId> with, List<PoolId> changed, String current) {
    return texts.render(desired, section -> only(with, changed, section, current)).text();
  }

  private Map<Path, String> own(String text) {
    return Map.of(file.target(), text);
  }

  private Section only(Set<PoolId> with, List<PoolId> changed, Section section, String current) {
    PoolId pool = section.pool().id();
    return with.contains(pool) || !changed.contains(pool)
        ? section
        : section.as(Section.find(current, names.apply(pool)).orElse(""));
  }

  private static Optional<String> refusal(Verdict verdict) throws IOException {
    return switch (verdict) {
      case Verdict.Passed passed -> Optional.empty();
      case Verdict.Refused refused -> Optional.of(refused.message());
      case Verdict.NotAsked(String reason) -> throw new IOException(reason);
    };
  }
}

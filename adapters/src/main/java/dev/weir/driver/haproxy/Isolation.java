package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigCheck.Refusal;
import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.FrozenBackends.Part;
import dev.weir.model.FileContent;
import dev.weir.model.Outcome.Rejected;
import dev.weir.publish.Culprits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the backends for which HAProxy refuses Weir's file, by its own check of texts with some of
 * the changed sections, and freezes them; the next plan is without them. Used by one thread.
 */
final class Isolation {

  private final KeptFiles files;
  private final ConfigCheck check;
  private final Layout layout;
  private final FrozenBackends frozen;

  Isolation(KeptFiles files, ConfigCheck check, Layout layout, FrozenBackends frozen) {
    this.files = files;
    this.check = check;
    this.layout = layout;
    this.frozen = frozen;
  }

  /**
   * What a refusal means. Where the cause is not Weir's, or not in a single backend, nothing is
   * frozen.
   *
   * @param contents what was refused
   */
  Rejected refused(Refusal refusal, List<FileContent> contents)
      throws IOException, InterruptedException {
    Rejected rejected = check.judged(refusal);
    if (!layout.isDivisible()) {
      return rejected;
    }
    Parsed wanted = layout.parsed(files.with(contents));
    Parsed former = layout.parsed(files.said());
    List<String> changed =
        wanted.sections().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(former.sections().get(entry.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    Question question = new Question(wanted, former, Set.copyOf(changed));
    if (rejected.foreign() || changed.isEmpty() || question.refusal(Set.of()).isPresent()) {
      return rejected;
    }
    for (Map.Entry<String, String> culprit : Culprits.find(changed, question::refusal).entrySet()) {
      freeze(culprit.getKey(), culprit.getValue(), question);
    }
    return rejected;
  }

  private void freeze(String backend, String message, Question question)
      throws IOException, InterruptedException {
    Section refused = question.wanted(backend);
    Section former = question.former(backend);
    Section mixed = refused.withStructure(former.structure());
    boolean known = question.knows(backend) && !former.structure().equals(refused.structure());
    Part part = known && question.refusal(backend, mixed).isEmpty() ? Part.STRUCTURE : Part.ALL;
    frozen.freeze(backend, refused, former, part, message);
  }

  /** HAProxy is asked about texts with some sections as they are wanted, the others as before. */
  private final class Question {
    private final Parsed wanted;
    private final Parsed former;
    private final Set<String> changed;

    Question(Parsed wanted, Parsed former, Set<String> changed) {
      this.wanted = wanted;
      this.former = former;
      this.changed = changed;
    }

    boolean knows(String backend) {
      return former.sections().containsKey(backend);
    }

    Section wanted(String backend) {
      return former(wanted, backend);
    }

    /**
     * A backend that is new answers nobody: its own lines may have been there to keep people out.
     */
    Section former(String backend) {
      return former(former, backend);
    }

    private Section former(Parsed text, String backend) {
      Section known = text.sections().get(backend);
      return known == null ? Section.of(List.of("backend " + backend), List.of()) : known;
    }

    Optional<String> refusal(Set<String> with) throws IOException, InterruptedException {
      return ask(backend ->
          changed.contains(backend) && !with.contains(backend) ? former(backend) : wanted(backend));
    }

    /** About one section in a form of its own. */
    Optional<String> refusal(String one, Section as) throws IOException, InterruptedException {
      return ask(backend ->
          backend.equals(one) ? as : changed.contains(backend) ? former(backend) : wanted(backend));
    }

    private Optional<String> ask(Function<String, Section> section)
        throws IOException, InterruptedException {
      Map<String, Section> sections = new LinkedHashMap<>();
      wanted.sections().keySet().forEach(backend -> sections.put(backend, section.apply(backend)));
      return files.judge(layout.write(files.said(), sections).toLoad()).map(Refusal::message);
    }
  }
}

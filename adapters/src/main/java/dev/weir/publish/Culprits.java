package dev.weir.publish;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Finds which of several changes a program refuses, by asking it about some of them: one at a time,
 * and beyond four by halves, because few of many are refused. What passed is kept for the questions
 * that follow, so that of two changes that only clash with each other one is found.
 *
 * @param <T> a change
 */
public final class Culprits<T> {

  private static final int ONE_BY_ONE = 4;

  private final Trial<T> trial;
  private final Set<T> passed = new LinkedHashSet<>();
  private final SequencedMap<T, String> refused = new LinkedHashMap<>();

  private Culprits(Trial<T> trial) {
    this.trial = trial;
  }

  /** Asks the program. */
  @FunctionalInterface
  public interface Trial<T> {

    /**
     * What it says of a text with these changes and no others.
     *
     * @return its own words; empty when it takes the text
     */
    Optional<String> refusal(Set<T> changes) throws IOException, InterruptedException;
  }

  /**
   * The refused ones, each with the program's words.
   *
   * @param changes that are refused together
   * @param trial takes a text with none of them
   */
  public static <T> SequencedMap<T, String> find(List<T> changes, Trial<T> trial)
      throws IOException, InterruptedException {
    Culprits<T> search = new Culprits<>(trial);
    search.halves(changes);
    return search.refused;
  }

  /** The changes are known to be refused. */
  private void halves(List<T> changes) throws IOException, InterruptedException {
    if (changes.size() <= ONE_BY_ONE) {
      for (T change : changes) {
        Optional<String> refusal = refusal(List.of(change));
        refusal.ifPresent(words -> refused.put(change, words));
      }
      return;
    }
    int middle = changes.size() / 2;
    for (List<T> half :
        List.of(changes.subList(0, middle), changes.subList(middle, changes.size()))) {
      if (refusal(half).isPresent()) {
        halves(half);
      }
    }
  }

  private Optional<String> refusal(List<T> more) throws IOException, InterruptedException {
    Set<T> together = new LinkedHashSet<>(passed);
    together.addAll(more);
    Optional<String> refusal = trial.refusal(together);
    if (refusal.isEmpty()) {
      passed.addAll(more);
    }
    return refusal;
  }
}

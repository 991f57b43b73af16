package dev.weir.testkit.contract;

import dev.weir.spi.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The upstream of a source under test, as the source contract controls it. Members are known by
 * name; which address stands behind a name is the world's to choose, always the same one.
 */
public interface SourceWorld extends AutoCloseable {

  /** What a contract test asks of a world, and a world may be unable to do. */
  enum Ability {
    /** {@link #hold} again, after a source was opened. */
    CHANGE,
    /** {@link #stir}. */
    STIR,
    /** {@link #rewind}. */
    REWIND,
    /** {@link Fault#GONE}. */
    GONE,
    /** {@link Fault#SILENT}. */
    SILENT,
    /** {@link Fault#HALF}. */
    HALF,
    /** {@link Fault#NONSENSE}. */
    NONSENSE,
    /** {@link Fault#NOTHING}. */
    NOTHING
  }

  /** A way for an upstream to fail. */
  enum Fault {
    /** Not there: refuses connections, no such file. */
    GONE(Ability.GONE),
    /** Takes the question and never answers. */
    SILENT(Ability.SILENT),
    /** Begins a right answer and breaks off. */
    HALF(Ability.HALF),
    /** Answers with something else altogether. */
    NONSENSE(Ability.NONSENSE),
    /** Answers with no bytes at all. */
    NOTHING(Ability.NOTHING);

    private final Ability ability;

    Fault(Ability ability) {
      this.ability = ability;
    }

    /** What a world must be able to do, to fail in this way. */
    public Ability ability() {
      return ability;
    }
  }

  /** A new source that looks at this world. */
  Source source();

  /**
   * From now on exactly these members exist, and the upstream works.
   *
   * @param names in the order in which the upstream lists them, with repetitions, where it can
   */
  void hold(List<String> names) throws Exception;

  /** From now on the upstream fails. Ended by {@link #hold}. */
  void fail(Fault fault) throws Exception;

  /** Makes the upstream busy with something that changes no member. */
  void stir() throws Exception;

  /** The upstream loses its history, its index starts over, and it holds these members. */
  void rewind(List<String> names) throws Exception;

  /** What this world cannot do, each with the reason. */
  Map<Ability, String> unable();

  /** The longest that a source may take to notice anything, also an upstream that hangs. */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** How long threads and connections of a source that was interrupted may still end. */
  default Duration farewell() {
    return Duration.ofSeconds(1);
  }

  @Override
  void close() throws IOException;
}

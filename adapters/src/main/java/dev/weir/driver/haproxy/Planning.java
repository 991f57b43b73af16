package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.Planner.Calm;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Observed;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.Revision;
import dev.weir.model.Step;
import dev.weir.spi.PoolWay;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How plans are made for one way of writing Weir's file, and how such a file is read. Pure, but for
 * what it is told between plans. Used by one thread.
 */
interface Planning {

  /** As {@code ProxyDriver.plan}. */
  Plan plan(DesiredState desired, Observed observed);

  /** As {@code ProxyDriver.planWithoutReload}. */
  default Plan planWithoutReload(DesiredState desired, Observed observed) {
    return new Plan.InSync(desired.fingerprint());
  }

  /**
   * To a text that was published before, whatever is configured now: always by a reload, which
   * proves that HAProxy still takes it.
   */
  Plan restore(Revision revision, FileContent content, Observed observed);

  /**
   * Reads files; the last few texts are remembered. Where they are broken, what HAProxy has of
   * those before stands for them, as far as that is known.
   */
  Parsed parsed(List<ObservedFile> files);

  /** What they say, or would say if they were not broken, when the last plan is done. */
  default Parsed afterwards(List<ObservedFile> files) {
    return parsed(files);
  }

  /** Tells what the files say, or would say if they were not broken, now that a plan was done. */
  default void done(Parsed now) {}

  /**
   * What tells Weir's lines from the user's and is not written yet, though nothing else differs.
   */
  default Marks marks() {
    return Marks.NONE;
  }

  /**
   * Texts with marks.
   *
   * @param madeFrom what all files said; of any other text they know nothing
   * @param texts of those that change
   */
  record Marks(List<ObservedFile> madeFrom, List<FileContent> texts) {

    static final Marks NONE = new Marks(List.of(), List.of());

    public Marks {
      madeFrom = List.copyOf(madeFrom);
      texts = List.copyOf(texts);
    }
  }

  /** Tells what the files say, and what backends inherit from the user's. */
  default void know(List<ObservedFile> files, Defaults current) {}

  /** Tells how HAProxy is started where it does not run; empty where it is waited for. */
  void startsBy(Optional<Step> step);

  /** Tells which slots of a backend nobody has and still have connections. */
  default void busy(String backend, Set<String> slots) {}

  /** Tells whether it was calm for so long that slots that nobody needs may go. */
  default void calm(Calm now) {}

  /** Tells that HAProxy took no new server in this backend, so that the next plan reloads. */
  void refused(String backend, String answer);

  /** A freshly loaded HAProxy may see it otherwise. */
  void forgetRefusals();

  /** How the members of a backend change. */
  Rung rung(Backend backend);

  /** The same for people, with what HAProxy itself refused. */
  PoolWay way(Backend backend);

  /**
   * The member that a server is for, as last planned; the server's own name if that is not known.
   */
  String memberOf(String backend, String server);

  /** Whether the last plan left something that another look will find. */
  default boolean wantsLook() {
    return false;
  }

  /** The files that plans are made from beside Weir's own, as they are now. */
  default List<ObservedFile> sources() {
    return List.of();
  }

  /** Changes whenever one of those files does. */
  default String stamp() {
    return "";
  }

  /** An outcome in the words of whoever can mend it. */
  default Outcome explained(Outcome outcome) {
    return outcome;
  }
}

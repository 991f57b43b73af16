package dev.weir.engine.reconcile;

import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.Revision;
import java.util.List;

/** What a look at proxy and inputs leads to, before anything is done. */
sealed interface Prepared {

  /**
   * The proxy must not be touched yet.
   *
   * @param reason for people
   */
  record Waits(String reason) implements Prepared {}

  /** It runs what it shall. */
  record InStep(DesiredState desired) implements Prepared {}

  /**
   * Something is to be done.
   *
   * @param origin who made the difference
   * @param atProxy what somebody decided about members at the proxy itself
   */
  record ToDo(DesiredState desired, Plan plan, Origin origin, List<AtProxy> atProxy)
      implements Prepared {
    public ToDo {
      atProxy = List.copyOf(atProxy);
    }

    /** With nothing that was decided at the proxy. */
    ToDo(DesiredState desired, Plan plan, Origin origin) {
      this(desired, plan, origin, List.of());
    }
  }

  /**
   * An earlier revision is to be brought back.
   *
   * @param origin who made the difference
   */
  record Restores(Revision revision, Plan plan, Origin origin) implements Prepared {

    /** The same as something to be done. */
    ToDo todo() {
      return new ToDo(revision.desired(), plan, origin);
    }
  }

  /** It could not be found out. */
  record Broke(Outcome.Failed failure) implements Prepared {}

  /** Who made the difference between a proxy and what it shall run. */
  enum Origin {
    /** The inputs changed, or it was never in step. */
    WANTED,
    /** It was in step with the same desired state: somebody else changed it. */
    FOREIGN,
    /** The same, but a new process of the proxy has begun with what its files say. */
    RELOADED
  }
}

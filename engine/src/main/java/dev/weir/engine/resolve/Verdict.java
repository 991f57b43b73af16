package dev.weir.engine.resolve;

import dev.weir.model.AbsentMember;
import dev.weir.model.Because;
import dev.weir.model.Because.Cause;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.ServerState;

/** What shall become of one member in one proxy. */
sealed interface Verdict {

  Member member();

  /** The proxy carries it in this state. */
  record Carried(Member member, Endpoint endpoint, ServerState state, Because because)
      implements Verdict {}

  /**
   * Its check fails softly: out, unless the pool would fall below its floor.
   *
   * @param detail what the probe said
   */
  record Failing(Member member, Endpoint endpoint, String detail) implements Verdict {
    Carried out() {
      return new Carried(
          member,
          endpoint,
          ServerState.MAINT,
          new Because(Cause.CHECK_FAILED, "its check fails: " + detail));
    }

    Carried kept(int floor) {
      return new Carried(
          member,
          endpoint,
          ServerState.READY,
          new Because(
              Cause.KEPT,
              "its check fails (%s), but the pool would fall below its floor of %d"
                  .formatted(detail, floor)));
    }
  }

  /** No proxy carries it. */
  record Absent(Member member, Because because) implements Verdict {
    AbsentMember asAbsent() {
      return new AbsentMember(member, because);
    }
  }
}

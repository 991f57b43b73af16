package dev.weir.driver.haproxy;

import dev.weir.model.Step;
import dev.weir.model.Step.Expected;

/** What HAProxy is told to end one drain; noted as done only when it has agreed. */
record FarewellOrder(Farewell one, Kind kind) {

  /** What it is told. */
  enum Kind {
    /** To send nobody any more. */
    MAINTENANCE("set server %s state maint"),
    /** To end what is open. */
    SHUTDOWN("shutdown sessions server %s");

    private final String command;

    Kind(String command) {
      this.command = command;
    }
  }

  Step step() {
    return new Step(kind.command.formatted(one), "end a drain", Expected.SILENCE);
  }

  /** Notes what came of it; what was refused is told again at the next look. */
  void answered(String answer) {
    if (Answer.judge(step(), answer) == Answer.GOOD) {
      switch (kind) {
        case MAINTENANCE -> one.settles();
        case SHUTDOWN -> one.isCut();
      }
    }
  }
}

package dev.weir.source.aws;

/** What the state of an instance in its group says about it as a member. */
enum Stage {
  /** It may take traffic. */
  IN,
  /** It takes nothing new. */
  DRAINING,
  /** It is being made. */
  NOT_YET,
  /** It has ended, or left its group for good. */
  ENDED,
  /** AWS has thought of another state. */
  STRANGE;

  private static final String HEALTHY = "Healthy";

  static Stage of(Group.Seat seat) {
    String state = seat.lifecycle().replaceFirst(":(Wait|Proceed|Retained)$", "");
    return switch (state) {
      case "InService" -> seat.health().equalsIgnoreCase(HEALTHY) ? IN : DRAINING;
      case "Terminating", "EnteringStandby", "Standby", "Detaching" -> DRAINING;
      case "Pending", "Quarantined" -> NOT_YET;
      case "Terminated", "Detached" -> ENDED;
      default -> state.startsWith("Warmed:") ? NOT_YET : STRANGE;
    };
  }
}

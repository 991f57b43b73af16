package dev.weir.source.docker;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Numbers of Linux signals by the names that images give them. */
final class StopSignals {

  /** What a container is stopped with that does not say otherwise. */
  static final int TERM = 15;

  /** What nothing survives. */
  static final int KILL = 9;

  private static final int REAL_TIME_FIRST = 34;
  private static final int REAL_TIME_LAST = 64;

  /** In the order of their numbers, from 1. */
  private static final List<String> NAMES =
      List.of(
          ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT"
                  + " STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
              .split(" "));

  private StopSignals() {}

  /** The number of {@code SIGTERM}, {@code TERM}, {@code 15} or {@code SIGRTMIN+3}. */
  static OptionalInt number(String signal) {
    String name = signal.strip().toUpperCase(Locale.ROOT);
    if (name.matches("[0-9]{1,2}")) {
      return OptionalInt.of(Integer.parseInt(name));
    }
    String plain = name.startsWith("SIG") ? name.substring(3) : name;
    if (plain.matches("RTMIN(\\+[0-9]{1,2})?")) {
      return OptionalInt.of(REAL_TIME_FIRST + offset(plain));
    }
    if (plain.matches("RTMAX(-[0-9]{1,2})?")) {
      return OptionalInt.of(REAL_TIME_LAST - offset(plain));
    }
    int index = NAMES.indexOf(plain);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
  }

  private static int offset(String realTime) {
    String digits = realTime.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}

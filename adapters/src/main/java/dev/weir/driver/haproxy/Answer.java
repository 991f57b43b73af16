package dev.weir.driver.haproxy;

import dev.weir.model.Step;
import java.util.regex.Pattern;

/** What an answer of HAProxy's means. Anything that is not known to mean success is a failure. */
enum Answer {
  GOOD,
  /** The server will be deleted once its connections have ended. */
  NOT_YET,
  /** The server cannot be deleted while other parts of the configuration refer to it. */
  NEVER,
  BAD;

  private static final String ADDED = "New server registered.";

  private static final Pattern MOVED =
      Pattern.compile(
          "(IP changed from '[^']*' to '[^']*'|no need to change the addr)"
              + "(, port changed from '[^']*' to '[^']*'|, no need to change the port)?"
              + " by 'stats socket command'");

  static Answer judge(Step step, String answer) {
    boolean good =
        switch (step.expected()) {
          case SILENCE -> answer.isEmpty();
          case ANYTHING -> true;
          case CONFIRMATION -> confirms(step.command(), answer);
        };
    if (good) {
      return GOOD;
    }
    if (!step.command().startsWith("del server ")) {
      return BAD;
    }
    if (answer.startsWith("Server still has connections attached to it")) {
      return NOT_YET;
    }
    return answer.startsWith("This server cannot be removed at runtime") ? NEVER : BAD;
  }

  private static boolean confirms(String command, String answer) {
    if (command.startsWith("add server ")) {
      // warnings come first: the hole in "no-tlsv12", a check that HAProxy adapts
      return answer.equals(ADDED) || answer.endsWith("\n" + ADDED);
    }
    return command.startsWith("del server ")
        ? answer.equals("Server deleted.")
        : MOVED.matcher(answer).matches();
  }
}

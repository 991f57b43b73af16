package dev.weir.driver.nginx;

import dev.weir.model.DesiredMember;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member as its {@code server} line says it.
 *
 * @param backup whether the line says so: a backup stands as a normal server while there is no
 *     other
 */
record CarriedServer(DesiredMember member, boolean backup) {

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.:-]");
  private static final int LONGEST_NAME = 128;

  /** The member's name in a comment; nearly all names are safe as they are. */
  String name() {
    Matcher unsafe = UNSAFE.matcher(member.name());
    String safe = unsafe.find() ? unsafe.replaceAll("_") : member.name();
    return safe.substring(0, Math.min(safe.length(), LONGEST_NAME));
  }

  /** As it is read back. */
  ObservedMember observed() {
    return new ObservedMember(name(), member.endpoint(), member.state(), member.weight(), backup);
  }

  /** In the words of a {@code MemberChange}. */
  String summary() {
    return summary(observed());
  }

  /** The same of a server that was found in the file. */
  static String summary(ObservedMember found) {
    return found.state().word() + " weight " + found.weight() + (found.backup() ? " backup" : "");
  }

  /** The line, without its indent. */
  String line(NginxSurroundings around) {
    StringBuilder line = new StringBuilder("server ").append(member.endpoint());
    if (member.weight() != 1) {
      line.append(" weight=").append(member.weight());
    }
    String parameters = around.server().expand(member);
    if (!parameters.isEmpty()) {
      line.append(' ').append(parameters);
    }
    if (backup) {
      line.append(" backup");
    }
    if (member.state() != ServerState.READY) {
      line.append(" down");
    }
    return line.append("; # ").append(name()).append(' ').append(member.state().word()).toString();
  }
}

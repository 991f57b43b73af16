package dev.weir.rendered;

import dev.weir.model.DesiredMember;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The members of a pool as the one ready-made text that templates of ElasticPyProxy place: a line
 * for each, {@code node1} and so on, {@code check}, the two optional settings with their blanks
 * also where they are absent.
 */
final class Nodes {

  private static final String CHECK = "check";
  private static final String INTERVAL = "inter";
  private static final String MOST = "maxconn";

  private Nodes() {}

  /**
   * The text.
   *
   * @param server the parameters of each member's line; its interval and limit stand in front
   */
  static String of(Map<DesiredMember, String> server, Dialect dialect) {
    StringBuilder text = new StringBuilder();
    int number = 1;
    for (Map.Entry<DesiredMember, String> member : server.entrySet()) {
      Parameters parameters = Parameters.read(member.getValue());
      text.append("    server node")
          .append(number++)
          .append(' ')
          .append(dialect.address(member.getKey().endpoint()))
          .append(" check ")
          .append(parameters.interval())
          .append(' ')
          .append(parameters.most());
      parameters.others().forEach(word -> text.append(' ').append(word));
      text.append(member.getKey().state() == ServerState.READY ? "\n" : " disabled\n");
    }
    return text.toString();
  }

  /** Parameters of a line; the settings are empty where they are absent. */
  private record Parameters(String interval, String most, List<String> others) {
    static Parameters read(String text) {
      String interval = "";
      String most = "";
      List<String> others = new ArrayList<>();
      Iterator<String> words = List.of(text.strip().split("[ \t]+")).iterator();
      while (words.hasNext()) {
        String word = words.next();
        if (word.equals(INTERVAL) && words.hasNext()) {
          interval = INTERVAL + " " + words.next();
        } else if (word.equals(MOST) && words.hasNext()) {
          most = MOST + " " + words.next();
        } else if (!word.isEmpty() && !word.equals(CHECK)) {
          others.add(word);
        }
      }
      return new Parameters(interval, most, others);
    }
  }
}

package dev.weir.driver.haproxy;

import dev.weir.model.Member;
import java.util.List;

/**
 * What a server line has from {@code default-server} of that which Weir writes itself.
 *
 * @param weight 0 to 256
 */
record Inherited(int weight, boolean backup, boolean disabled) {

  /** HAProxy's own. */
  static final Inherited NOTHING = new Inherited(1, false, false);

  /**
   * Reads parameters; the last word counts.
   *
   * @param parameters of all {@code default-server} lines, in order
   */
  static Inherited of(List<String> parameters) {
    Inherited now = NOTHING;
    for (int i = 0; i < parameters.size(); i++) {
      now =
          switch (parameters.get(i)) {
            case "weight" ->
                new Inherited(
                    weight(i + 1 < parameters.size() ? parameters.get(i + 1) : ""),
                    now.backup(),
                    now.disabled());
            case "backup" -> new Inherited(now.weight(), true, now.disabled());
            case "no-backup" -> new Inherited(now.weight(), false, now.disabled());
            case "disabled" -> new Inherited(now.weight(), now.backup(), true);
            case "enabled" -> new Inherited(now.weight(), now.backup(), false);
            default -> now;
          };
    }
    return now;
  }

  /** The same, as far as a line says nothing else. */
  static int weight(String text) {
    boolean number = text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= Member.MAX_WEIGHT;
    return number ? Integer.parseInt(text) : NOTHING.weight();
  }
}

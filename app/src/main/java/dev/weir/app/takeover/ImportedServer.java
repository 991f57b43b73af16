package dev.weir.app.takeover;

import dev.weir.model.Address;
import dev.weir.model.Member;
import dev.weir.nginxconf.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A member as one {@code server} line proposes it.
 *
 * @param line of the directive
 * @param address as Weir writes it; empty where it is none
 * @param role {@code backup} or empty
 * @param parameters what is left, verbatim
 */
record ImportedServer(int line, String address, int weight, String role, List<String> parameters) {

  private static final int NGINX_DEFAULT_PORT = 80;

  ImportedServer {
    parameters = List.copyOf(parameters);
  }

  /** Reads a line; {@code notes} gets what is not the same in Weir. */
  static ImportedServer of(Upstream.Server server, Consumer<String> notes) {
    List<String> parameters = new ArrayList<>();
    int weight = 1;
    String role = "";
    for (String parameter : server.parameters()) {
      if (parameter.startsWith("weight=")) {
        weight = weight(parameter.substring("weight=".length()), notes);
      } else if (parameter.equals("backup")) {
        role = parameter;
      } else if (parameter.equals("down")) {
        notes.accept(
            "%s is down: 'weir disable' it before Weir writes".formatted(server.address()));
      } else if (parameter.equals("resolve")) {
        notes.accept("'resolve' is left out: Weir resolves host names itself");
      } else {
        parameters.add(parameter);
      }
    }
    int line = server.directive().line();
    return new ImportedServer(line, address(server.address(), notes), weight, role, parameters);
  }

  /** Its entry in a static list. */
  String yaml() {
    if (weight == 1 && role.isEmpty()) {
      return Scalar.of(address);
    }
    return "{ address: %s%s%s }"
        .formatted(
            Scalar.of(address),
            weight == 1 ? "" : ", weight: " + weight,
            role.isEmpty() ? "" : ", backup: true");
  }

  String place(Upstream upstream) {
    return "%s:%d".formatted(upstream.file().path(), line);
  }

  private static int weight(String text, Consumer<String> notes) {
    int weight = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    int fitting = Math.clamp(weight, 1, Member.MAX_WEIGHT);
    if (fitting != weight) {
      notes.accept(
          "weight=%s becomes %d (expected: 1 to %d)".formatted(text, fitting, Member.MAX_WEIGHT));
    }
    return fitting;
  }

  private static String address(String text, Consumer<String> notes) {
    boolean whole = text.startsWith("unix:") || text.matches(".*:[0-9]+");
    try {
      return Address.parse(whole ? text : text + ":" + NGINX_DEFAULT_PORT).toString();
    } catch (IllegalArgumentException e) {
      notes.accept("server %s is left out: %s".formatted(text, e.getMessage()));
      return "";
    }
  }
}

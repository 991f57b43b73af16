package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration of HAProxy's, taken apart into what may change while it runs and what may
 * not: the servers of the backends that carry pools, and all else. Comments, blank lines and blanks
 * between words are neither.
 *
 * @param epoch the value of Weir's variable; absent where it is not set
 * @param frame all lines but those servers, each as its words
 * @param backends by name
 * @param defaults what they inherit
 */
record WholeText(
    Optional<Fingerprint> epoch,
    List<List<String>> frame,
    Map<String, Carrying> backends,
    Defaults defaults) {

  static final WholeText NOTHING =
      new WholeText(Optional.empty(), List.of(), Map.of(), Defaults.NONE);

  private static final Set<String> CARRIERS = Set.of("backend", "listen");

  /**
   * A section that carries a pool.
   *
   * @param from the defaults section that it names; absent for the last one
   * @param lines of it but its servers, each as words
   * @param servers by name, in the order of the lines; one at a host name is none of Weir's
   */
  record Carrying(
      Optional<String> from, List<List<String>> lines, Map<String, ServerLine> servers) {

    /** The servers, as the rest of the driver takes them. */
    Section section() {
      return Section.of(List.of(), List.copyOf(servers.values()));
    }

    /** The words of the line that begins so, its own or inherited; empty where there is none. */
    List<String> line(String first, Defaults defaults) {
      List<String> own = Defaults.last(lines, first);
      return own.isEmpty() ? Defaults.last(defaults.of(from), first) : own;
    }

    /** The parameters that its servers have from elsewhere. */
    List<String> inherited(Defaults defaults) {
      List<String> words = new ArrayList<>(Defaults.serverParameters(defaults.of(from)));
      words.addAll(Defaults.serverParameters(lines));
      return words;
    }
  }

  /**
   * Reads a text.
   *
   * @param variable Weir's own
   * @param carrying the names of the backends that carry pools
   */
  static WholeText parse(String text, String variable, Set<String> carrying) {
    List<List<String>> lines =
        text.lines().map(Words::split).filter(words -> !words.isEmpty()).toList();
    return new Reader(variable, carrying, Defaults.in(lines)).read(lines);
  }

  /** One pass over the lines. */
  private static final class Reader {
    private final String variable;
    private final Set<String> carrying;
    private final Defaults defaults;
    private final List<List<String>> frame = new ArrayList<>();
    private final Map<String, Carrying> backends = new HashMap<>();
    private Optional<Fingerprint> epoch = Optional.empty();
    private @Nullable Carrying inside;

    Reader(String variable, Set<String> carrying, Defaults defaults) {
      this.variable = variable;
      this.carrying = carrying;
      this.defaults = defaults;
    }

    WholeText read(List<List<String>> lines) {
      lines.forEach(this::take);
      return new WholeText(epoch, frame, backends, defaults);
    }

    private void take(List<String> words) {
      String first = words.getFirst();
      if (Words.beginsSection(first)) {
        begin(words);
      } else if (first.equals("setenv") && words.size() == 3 && words.get(1).equals(variable)) {
        epoch = fingerprint(words.get(2));
        return;
      } else if (inside != null && first.equals("server") && words.size() > 2) {
        Optional<ServerLine> server = server(words, inside.inherited(defaults));
        if (server.isPresent()) {
          inside.servers().put(words.get(1), server.get());
          return;
        }
      } else if (inside != null) {
        inside.lines().add(words);
      }
      frame.add(words);
    }

    private void begin(List<String> words) {
      boolean carries =
          CARRIERS.contains(words.getFirst())
              && words.size() > 1
              && carrying.contains(words.get(1));
      boolean named = words.size() > 3 && words.get(2).equals("from");
      inside =
          carries
              ? new Carrying(
                  named ? Optional.of(words.get(3)) : Optional.empty(),
                  new ArrayList<>(),
                  new LinkedHashMap<>())
              : null;
      if (inside != null) {
        backends.put(words.get(1), inside);
      }
    }

    private static Optional<Fingerprint> fingerprint(String word) {
      try {
        return Optional.of(new Fingerprint(word));
      } catch (IllegalArgumentException notOurs) {
        return Optional.empty();
      }
    }
  }

  private static Optional<ServerLine> server(List<String> words, List<String> inherited) {
    Parameters parameters = new Parameters();
    parameters.take(inherited);
    parameters.options.clear();
    parameters.take(words.subList(3, words.size()));
    ServerState out = parameters.weight == 0 ? ServerState.DRAIN : ServerState.MAINT;
    return endpoint(words.get(2))
        .map(at ->
            new ServerLine(
                words.get(1),
                at,
                parameters.disabled ? out : ServerState.READY,
                parameters.weight,
                parameters.backup,
                String.join(" ", parameters.options)));
  }

  private static Optional<Endpoint> endpoint(String text) {
    String address = text.startsWith("unix@") ? "unix:" + text.substring(5) : text;
    try {
      return Address.parse(address) instanceof Endpoint endpoint
          ? Optional.of(endpoint)
          : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** What a server line says behind its address. */
  private static final class Parameters {
    private final List<String> options = new ArrayList<>();
    private int weight = 1;
    private boolean backup;
    private boolean disabled;

    void take(List<String> words) {
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        switch (word) {
          case "weight" -> {
            i++;
            weight = i < words.size() ? number(words.get(i)) : weight;
          }
          case "backup" -> backup = true;
          case "no-backup" -> backup = false;
          case "disabled" -> disabled = true;
          case "enabled" -> disabled = false;
          default -> options.add(word);
        }
      }
    }

    private static int number(String word) {
      return word.matches("[0-9]{1,3}") ? Integer.parseInt(word) : 1;
    }
  }
}

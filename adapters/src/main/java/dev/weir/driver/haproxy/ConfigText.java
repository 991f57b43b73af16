package dev.weir.driver.haproxy;

import dev.weir.model.Fingerprint;
import dev.weir.model.ProxyName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of Weir's file: one variable that names it, and one section per backend.
 *
 * <p>The variable is the fingerprint of the text that was last meant to be loaded. It stays when
 * the file merely follows changes at run time, so that a running HAProxy and a file with the same
 * value agree on everything that only a reload changes.
 */
final class ConfigText {

  private static final Pattern VARIABLE = Pattern.compile("  setenv \\S+ ([0-9a-f]{32})");

  private final ProxyName proxy;

  ConfigText(ProxyName proxy) {
    this.proxy = proxy;
  }

  /** The name of the variable: {@code WEIR_INNER}. */
  String variable() {
    return "WEIR_" + proxy.value().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
  }

  /**
   * A section: what only a reload changes, and the servers.
   *
   * @param servers Weir's, by name
   * @param text both as lines of a file of Weir's; empty for one of the user's
   * @param users what else stands in it
   */
  record Section(
      List<String> structure, Map<String, ServerLine> servers, String text, UsersServers users) {

    Section {
      structure = List.copyOf(structure);
      servers = Collections.unmodifiableMap(servers);
    }

    /**
     * In a file of the user's.
     *
     * @param structure what Weir has added beside servers; all else is theirs
     */
    static Section edited(List<String> structure, List<ServerLine> servers, UsersServers users) {
      Map<String, ServerLine> byName = new LinkedHashMap<>();
      servers.forEach(server -> byName.put(server.name(), server));
      return new Section(structure, byName, "", users);
    }

    /** The same servers in other lines of Weir's. */
    Section withStructure(List<String> lines) {
      return isUsers()
          ? new Section(lines, servers, text, users)
          : of(lines, List.copyOf(servers.values()));
    }

    /** Whether it stands in a file of the user's. */
    boolean isUsers() {
      return text.isEmpty();
    }

    /** A server of Weir's, or one that it can take over; null where there is none. */
    @Nullable ServerLine find(String name) {
      ServerLine own = servers.get(name);
      return own == null ? users.plain().get(name) : own;
    }

    static Section of(List<String> structure, List<ServerLine> servers) {
      StringBuilder text = new StringBuilder("\n");
      structure.forEach(line -> text.append(line).append('\n'));
      Map<String, ServerLine> byName = new LinkedHashMap<>();
      for (ServerLine server : servers) {
        text.append(server.fileLine()).append('\n');
        byName.put(server.name(), server);
      }
      return new Section(structure, byName, text.toString(), UsersServers.NONE);
    }
  }

  /**
   * What a file of Weir's says.
   *
   * @param epoch the value of its variable; absent when there is none
   * @param sections by backend
   */
  record Parsed(Optional<Fingerprint> epoch, Map<String, Section> sections) {
    static final Parsed NOTHING = new Parsed(Optional.empty(), Map.of());
  }

  /** The whole text. */
  String render(Fingerprint epoch, List<Section> sections) {
    String head = head(epoch);
    int length = head.length() + sections.stream().mapToInt(s -> s.text().length()).sum();
    StringBuilder text = new StringBuilder(length).append(head);
    sections.forEach(section -> text.append(section.text()));
    return text.toString();
  }

  /** The fingerprint for a text that is to be loaded. */
  static Fingerprint epochOf(List<Section> sections) {
    Fingerprint.Digest digest = Fingerprint.digest();
    sections.forEach(section -> digest.add(section.text()));
    return digest.finish();
  }

  private String head(Fingerprint epoch) {
    return """
    # Written by Weir for the proxy %s. It is replaced as a whole: changes belong into Weir's
    # configuration. HAProxy reads it as the last -f file of its command line.
    global
      setenv %s %s
    """
        .formatted(proxy, variable(), epoch);
  }

  /** Reads a text that Weir, or somebody in its place, wrote. */
  static Parsed parse(String text) {
    Optional<Fingerprint> epoch = Optional.empty();
    Map<String, Section> sections = new LinkedHashMap<>();
    List<String> structure = new ArrayList<>();
    List<ServerLine> servers = new ArrayList<>();
    for (String line : (text + "\nbackend ").split("\n", -1)) {
      if (line.startsWith("backend ")) {
        close(sections, structure, servers);
      }
      Matcher variable = VARIABLE.matcher(line);
      Optional<ServerLine> server =
          line.startsWith("  server ") ? ServerLine.parse(line) : Optional.empty();
      if (server.isPresent()) {
        servers.add(server.get());
      } else if (variable.matches()) {
        epoch = Optional.of(new Fingerprint(variable.group(1)));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        structure.add(line);
      }
    }
    return new Parsed(epoch, sections);
  }

  private static void close(
      Map<String, Section> sections, List<String> structure, List<ServerLine> servers) {
    if (!structure.isEmpty() && structure.getFirst().startsWith("backend ")) {
      String as = structure.getFirst().substring("backend ".length()).replaceFirst(" .*", "");
      sections.put(as, Section.of(List.copyOf(structure), servers));
    } else if (structure.size() > 1) {
      sections.put("", Section.of(List.copyOf(structure), servers));
    }
    structure.clear();
    servers.clear();
  }
}

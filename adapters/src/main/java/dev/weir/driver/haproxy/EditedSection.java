package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Layout.Change;
import dev.weir.handwritten.Edits;
import dev.weir.handwritten.FileText;
import dev.weir.haproxyconf.Line;
import dev.weir.haproxyconf.Option;
import dev.weir.haproxyconf.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code backend} or {@code listen} section in a file of the user's, in which Weir keeps server
 * lines. All else stays byte for byte.
 *
 * @param text of the file
 * @param inherited what server lines have where they say nothing
 * @param servers its server lines
 */
record EditedSection(
    String text,
    dev.weir.haproxyconf.Section conf,
    Inherited inherited,
    List<EditedServer> servers) {

  /** Stands where the last server line stood, so that those that come are like those that went. */
  private static final Pattern PLACE = Pattern.compile(" weir: new servers get: (.*)");

  private static final Pattern RANGE = Pattern.compile("(?:([0-9]{1,6})-)?([0-9]{1,6})");
  private static final String INDENT = "    ";

  /** Behind a line of Weir's. */
  private static final String MARK = "weir";

  static EditedSection of(String text, dev.weir.haproxyconf.Section conf, Inherited inherited) {
    return new EditedSection(
        text,
        conf,
        inherited,
        conf.servers().stream().map(server -> EditedServer.of(server, text, inherited)).toList());
  }

  /** What it says. */
  Section read() {
    List<ServerLine> own = new ArrayList<>();
    Map<String, ServerLine> plain = new HashMap<>();
    Set<String> others = new HashSet<>();
    for (EditedServer server : servers) {
      if (!server.isPlain()) {
        others.add(server.name());
      } else if (server.isMarked()) {
        own.add(server.said().orElseThrow());
      } else {
        plain.put(server.name(), server.said().orElseThrow());
      }
    }
    conf.lines().forEach(line -> others.addAll(ofTemplate(line)));
    return Section.edited(
        additions().map(this::words).toList(), own, new UsersServers(plain, others));
  }

  /** Lines of Weir's beside servers. */
  private Stream<Line> additions() {
    return conf.lines().stream()
        .filter(line -> !line.words().isEmpty() && !line.keyword().equals("server"))
        .filter(line -> line.remark(text).map(String::strip).equals(Optional.of(MARK)));
  }

  private String words(Line line) {
    return text.substring(line.words().getFirst().start(), line.words().getLast().end());
  }

  /** The servers that a {@code server-template} line makes. */
  private static List<String> ofTemplate(Line line) {
    List<String> words = line.texts();
    if (!line.keyword().equals("server-template") || words.size() < 4) {
      return List.of();
    }
    Matcher range = RANGE.matcher(words.get(2));
    if (!range.matches()) {
      return List.of();
    }
    int from = range.group(1) == null ? 1 : Integer.parseInt(range.group(1));
    List<String> names = new ArrayList<>();
    for (int i = from; i <= Integer.parseInt(range.group(2)); i++) {
      names.add(words.get(1) + i);
    }
    return names;
  }

  /**
   * The parameters that all server lines have, Weir's substitute left out. Slots count only where
   * there is nothing else: they have what the others had.
   */
  static String common(dev.weir.haproxyconf.Section section, String text) {
    Map<Boolean, List<List<Option>>> bySlot =
        section.servers().stream()
            .filter(server -> !server.name().is(ServerLine.FALLBACK))
            .collect(
                Collectors.partitioningBy(
                    server -> Slots.isSlot(server.name().text()),
                    Collectors.mapping(
                        server -> Option.of(server.parameters()), Collectors.toList())));
    List<List<Option>> others = bySlot.getOrDefault(false, List.of());
    List<List<Option>> lines = others.isEmpty() ? bySlot.getOrDefault(true, List.of()) : others;
    if (lines.isEmpty()) {
      return place(section, text).map(line -> said(line, text)).orElse("");
    }
    return Option.common(lines).stream()
        .filter(option -> !EditedServer.OWN.contains(option.name()) && !option.name().equals("id"))
        .map(option -> option.source(text))
        .collect(Collectors.joining(" "));
  }

  private static Optional<Line> place(dev.weir.haproxyconf.Section section, String text) {
    return section.lines().stream()
        .filter(line -> line.words().isEmpty())
        .filter(line -> PLACE.matcher(line.remark(text).orElse("")).matches())
        .findFirst();
  }

  private static String said(Line line, String text) {
    Matcher place = PLACE.matcher(line.remark(text).orElse(""));
    return place.matches() ? place.group(1).strip() : "";
  }

  /**
   * Changes the server lines that have to be changed.
   *
   * @param wanted Weir's servers, and those of the user's that stay
   */
  Change edit(Edits edits, Section wanted) {
    Change change = Change.NONE;
    Map<String, ServerLine> missing = new LinkedHashMap<>(wanted.servers());
    List<EditedServer> going = new ArrayList<>();
    Optional<Line> last = Optional.empty();
    for (EditedServer server : servers) {
      ServerLine want = server.isPlain() ? missing.remove(server.name()) : null;
      if (want != null) {
        change = max(change, server.edit(edits, want));
      } else if (server.isPlain() && server.isMarked()) {
        going.add(server);
      }
      last = server.server().line().conditional() ? last : Optional.of(server.server().line());
    }
    Optional<Line> place = place(conf, text);
    boolean leavesPlace = !going.isEmpty() && missing.isEmpty() && going.size() == servers.size();
    for (int i = 0; i < going.size(); i++) {
      remove(edits, going.get(i).server(), leavesPlace && i == going.size() - 1);
    }
    if (!missing.isEmpty()) {
      insert(edits, last.or(() -> place), List.copyOf(missing.values()));
      place.ifPresent(line -> edits.remove(line.start(), line.end()));
    }
    boolean others = editAdditions(edits, wanted);
    return going.isEmpty() && missing.isEmpty() && !others ? change : Change.TEXT;
  }

  /** At the beginning, where they come before rules of the user's. */
  private boolean editAdditions(Edits edits, Section wanted) {
    List<String> missing = new ArrayList<>(wanted.structure());
    boolean changed = false;
    for (Line line : additions().toList()) {
      if (!missing.remove(words(line))) {
        edits.remove(line.start(), line.end());
        changed = true;
      }
    }
    for (String line : missing) {
      edits.insertAfterLine(conf.header().end(), indent(edits) + line + " # " + MARK);
      changed = true;
    }
    return changed;
  }

  private String indent(Edits edits) {
    return conf.lines().stream()
        .filter(line -> !line.words().isEmpty())
        .findFirst()
        .map(line -> edits.indent(line.start()))
        .orElse(INDENT);
  }

  private static Change max(Change a, Change b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private void remove(Edits edits, Server server, boolean leavePlace) {
    Line line = server.line();
    String common = leavePlace ? common(conf, text) : "";
    if (common.isEmpty()) {
      edits.remove(line.start(), line.end());
    } else {
      int begin = line.words().getFirst().start();
      edits.replace(begin, line.end(), "# weir: new servers get: " + common);
    }
  }

  private void insert(Edits edits, Optional<Line> after, List<ServerLine> servers) {
    Line line = after.orElseGet(this::lastLine);
    String indent = line.equals(conf.header()) ? INDENT : edits.indent(line.start());
    edits.insertAfterLine(
        line.end(),
        servers.stream()
            .map(server -> indent + FileText.bytewise(EditedServer.line(server, inherited)))
            .collect(Collectors.joining(edits.lineBreak())));
  }

  /** Behind which no condition is open. */
  private Line lastLine() {
    return conf.lines().stream()
        .filter(line -> !line.words().isEmpty() && !line.isMacro() && !line.conditional())
        .reduce((first, second) -> second)
        .orElse(conf.header());
  }
}

package dev.weir.driver.nginx;

import dev.weir.handwritten.Edits;
import dev.weir.handwritten.FileText;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import dev.weir.nginxconf.ConfText;
import dev.weir.nginxconf.Directive;
import dev.weir.nginxconf.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An {@code upstream} block in a file of the user's whose members Weir keeps: lines of members that
 * are as they should be stay byte for byte, and so does everything else.
 *
 * <p>A member that is out stands as {@code down} with a marker behind it, {@code # weir: maint}; a
 * {@code down} without one, by hand, counts as disabled too.
 *
 * @param text of the file
 */
record EditedUpstream(String text, Directive block) {

  private static final Pattern MARKER = Pattern.compile(" weir: (\\S+)(?: #(.*))?\\s*");
  private static final String SUBSTITUTE = "substitute";

  /** What Weir writes itself of a line's parameters. */
  private static final Pattern OWN = Pattern.compile("weight=.*|backup|down");

  /** As it stands in the file. */
  String source() {
    return block.source(text);
  }

  /** Its members, sorted by name; a host name is none of Weir's. */
  List<ObservedMember> members() {
    List<ObservedMember> members = new ArrayList<>();
    for (Directive line : lines()) {
      Optional<Endpoint> at = UpstreamsReader.endpoint(line.arguments().getFirst());
      if (at.isPresent() && !marker(line).equals(SUBSTITUTE)) {
        members.add(found(line, at.get()));
      }
    }
    members.sort(Comparator.comparing(ObservedMember::name));
    return members;
  }

  /**
   * What tells states of an upstream apart that Weir keeps: two that differ in what is the user's
   * alone are of one state.
   */
  static Fingerprint state(Collection<ObservedMember> members, Optional<Endpoint> substitute) {
    Fingerprint.Digest digest = Fingerprint.digest();
    members.stream()
        .map(m -> m.endpoint() + " " + CarriedServer.summary(m))
        .sorted()
        .forEach(digest::add);
    substitute.ifPresent(endpoint -> digest.add(SUBSTITUTE).add(endpoint.toString()));
    return digest.finish();
  }

  /** The same of a block as it stands in a file. */
  static Fingerprint stateOf(String source) {
    EditedUpstream upstream =
        new EditedUpstream(source, ConfText.parse(source).directives().getFirst());
    return state(upstream.members(), upstream.substitute());
  }

  private Optional<Endpoint> substitute() {
    return lines().stream()
        .filter(line -> marker(line).equals(SUBSTITUTE))
        .findFirst()
        .flatMap(line -> UpstreamsReader.endpoint(line.arguments().getFirst()));
  }

  private List<Directive> lines() {
    return block.block().stream()
        .filter(d -> d.name().equals("server") && d.words().size() > 1)
        .toList();
  }

  private static ObservedMember found(Directive line, Endpoint at) {
    List<String> parameters = line.arguments();
    String out = marker(line);
    ServerState down = out.equals(ServerState.DRAIN.word()) ? ServerState.DRAIN : ServerState.MAINT;
    return new ObservedMember(
        UpstreamsReader.nameOf(at),
        at,
        parameters.contains("down") ? down : ServerState.READY,
        UpstreamsReader.weight(parameters),
        parameters.contains("backup"));
  }

  private static String marker(Directive line) {
    Matcher marker = MARKER.matcher(line.remark());
    return marker.matches() ? marker.group(1) : "";
  }

  /**
   * Changes what has to be changed.
   *
   * @param servers all that shall stand in it
   * @param substitute the only one that answers where no member is ready
   * @param around parameters of lines that come; where it says nothing, what all lines have
   */
  void edit(
      Edits edits,
      List<CarriedServer> servers,
      Optional<Substitute> substitute,
      NginxSurroundings around) {
    Map<String, CarriedServer> missing = new LinkedHashMap<>();
    servers.forEach(server -> missing.put(server.member().endpoint().toString(), server));
    Map<String, String> names =
        servers.stream()
            .collect(
                Collectors.toMap(
                    s -> s.member().id().address().toString(),
                    s -> s.member().endpoint().toString(),
                    (a, b) -> a));
    boolean substituted = false;
    for (Directive line : lines()) {
      String written = line.arguments().getFirst();
      String at =
          UpstreamsReader.endpoint(written)
              .map(Endpoint::toString)
              .orElse(names.getOrDefault(written, written));
      boolean stays = substitute.filter(s -> s.endpoint().toString().equals(at)).isPresent();
      CarriedServer server = missing.remove(at);
      if (server != null) {
        change(edits, line, server);
      } else if (stays && marker(line).equals(SUBSTITUTE) && !substituted) {
        substituted = true;
      } else {
        edits.remove(line.start(), end(line));
      }
    }
    List<String> more = new ArrayList<>();
    String common = common();
    missing.values().forEach(server -> more.add(line(server, around, common)));
    if (substitute.isPresent() && !substituted) {
      more.add(substitute.get().line("weir: " + SUBSTITUTE));
    }
    insert(edits, more);
  }

  /** The parameters of a line are the user's, but for weight, backup and down. */
  private void change(Edits edits, Directive line, CarriedServer server) {
    ObservedMember is = found(line, server.member().endpoint());
    ObservedMember shall = server.observed();
    boolean same =
        is.state() == shall.state()
            && is.weight() == shall.weight()
            && is.backup() == shall.backup();
    if (!same) {
      String kept =
          line.words().stream()
              .filter(word -> !OWN.matcher(word.text()).matches())
              .map(this::source)
              .collect(Collectors.joining(" "));
      edits.replace(line.start(), end(line), kept + own(shall) + ";" + remark(shall, user(line)));
    }
  }

  private static String user(Directive line) {
    Matcher marker = MARKER.matcher(line.remark());
    String remark =
        marker.matches() ? Optional.ofNullable(marker.group(2)).orElse("") : line.remark();
    return remark.stripTrailing();
  }

  private static String own(ObservedMember shall) {
    return (shall.weight() == 1 ? "" : " weight=" + shall.weight())
        + (shall.backup() ? " backup" : "")
        + (shall.state() == ServerState.READY ? "" : " down");
  }

  private static String remark(ObservedMember shall, String user) {
    String marker = shall.state() == ServerState.READY ? "" : " # weir: " + shall.state().word();
    return marker + (user.isEmpty() ? "" : " #" + user);
  }

  private static String line(CarriedServer server, NginxSurroundings around, String common) {
    ObservedMember shall = server.observed();
    String own = FileText.bytewise(around.server().expand(server.member()));
    String parameters = own.isEmpty() ? common : own;
    return "server "
        + shall.endpoint()
        + (parameters.isEmpty() ? "" : " " + parameters)
        + own(shall)
        + ";"
        + remark(shall, "");
  }

  /** The parameters that all members' lines have. */
  private String common() {
    List<Directive> lines =
        lines().stream().filter(line -> !marker(line).equals(SUBSTITUTE)).toList();
    return lines.isEmpty()
        ? ""
        : lines.getFirst().arguments().stream()
            .skip(1)
            .filter(p -> !OWN.matcher(p).matches())
            .filter(p -> lines.stream().allMatch(line -> line.arguments().contains(p)))
            .collect(Collectors.joining(" "));
  }

  /** After the last line that is there; in a block without one, or in one line, before its end. */
  private void insert(Edits edits, List<String> more) {
    if (more.isEmpty()) {
      return;
    }
    List<Directive> lines = lines();
    boolean oneLine = !lines.isEmpty() && lines.getLast().last().line() == block.last().line();
    int close = block.last().span().start();
    if (oneLine || lines.isEmpty()) {
      int start = text.lastIndexOf('\n', close - 1) + 1;
      boolean ownLine = start > 0 && text.substring(start, close).isBlank();
      String indent = edits.indent(close);
      String all =
          more.stream()
              .map(line -> indent + "    " + line + edits.lineBreak())
              .collect(Collectors.joining());
      edits.replace(
          ownLine ? start : close,
          ownLine ? start : close,
          ownLine ? all : edits.lineBreak() + all + indent);
    } else {
      int last = lines.getLast().start();
      String indent = edits.indent(last);
      edits.insertAfterLine(
          end(lines.getLast()),
          more.stream().map(line -> indent + line).collect(Collectors.joining(edits.lineBreak())));
    }
  }

  /** With the comment behind it. */
  private int end(Directive line) {
    if (line.remark().isEmpty()) {
      return line.end();
    }
    return text.indexOf('#', line.end()) + 1 + line.remark().stripTrailing().length();
  }

  private String source(Token word) {
    return text.substring(word.span().start(), word.span().end());
  }
}

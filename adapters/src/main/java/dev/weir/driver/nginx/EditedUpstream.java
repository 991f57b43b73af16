package dev.weir.driver.nginx;

import dev.weir.handwritten.Edits;
import dev.weir.handwritten.FileText;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.ObservedMember;
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
import java.util.stream.Collectors;

/**
 * An {@code upstream} block in a file of the user's whose members Weir keeps: lines of members that
 * are as they should be stay byte for byte, and so does everything else.
 *
 * <p>A member that is out stands as {@code down} with a marker behind it, {@code # weir: maint}; a
 * {@code down} without one, by hand, counts as disabled too.
 *
 * <p>Its lines are taken apart once: of 10,000 that costs more than everything else that is done
 * with them.
 */
final class EditedUpstream {

  private final String text;
  private final Directive block;
  private final List<EditedLine> lines;

  /**
   * @param text of the file
   */
  EditedUpstream(String text, Directive block) {
    this.text = text;
    this.block = block;
    this.lines =
        block.block().stream()
            .filter(d -> d.name().equals("server") && d.words().size() > 1)
            .map(EditedLine::of)
            .toList();
  }

  String text() {
    return text;
  }

  Directive block() {
    return block;
  }

  /** As it stands in the file. */
  String source() {
    return block.source(text);
  }

  /** Its members, sorted by name; a host name is none of Weir's. */
  List<ObservedMember> members() {
    return lines.stream()
        .filter(line -> !line.isSubstitute())
        .flatMap(line -> line.at().stream())
        .sorted(Comparator.comparing(ObservedMember::name))
        .toList();
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
    substitute.ifPresent(endpoint -> digest.add(EditedLine.SUBSTITUTE).add(endpoint.toString()));
    return digest.finish();
  }

  /** The same of a block as it stands in a file. */
  static Fingerprint stateOf(String source) {
    EditedUpstream upstream =
        new EditedUpstream(source, ConfText.parse(source).directives().getFirst());
    return state(upstream.members(), upstream.substitute());
  }

  private Optional<Endpoint> substitute() {
    return lines.stream()
        .filter(EditedLine::isSubstitute)
        .findFirst()
        .flatMap(EditedLine::at)
        .map(ObservedMember::endpoint);
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
    for (EditedLine line : lines) {
      Directive written = line.directive();
      String name = written.words().get(1).text();
      String at =
          line.at()
              .map(m -> m.endpoint().toString())
              .orElseGet(() -> names.getOrDefault(name, name));
      boolean stays = substitute.filter(s -> s.endpoint().toString().equals(at)).isPresent();
      CarriedServer server = missing.remove(at);
      if (server != null) {
        change(edits, line, server);
      } else if (stays && line.isSubstitute() && !substituted) {
        substituted = true;
      } else {
        edits.remove(written.start(), end(written));
      }
    }
    List<String> more = new ArrayList<>();
    String common = missing.isEmpty() ? "" : common();
    missing.values().forEach(server -> more.add(line(server, around, common)));
    if (substitute.isPresent() && !substituted) {
      more.add(substitute.get().line("weir: " + EditedLine.SUBSTITUTE));
    }
    insert(edits, more);
  }

  /** The parameters of a line are the user's, but for weight, backup and down. */
  private void change(Edits edits, EditedLine line, CarriedServer server) {
    ObservedMember shall = server.observed();
    if (!line.says(shall)) {
      Directive written = line.directive();
      String kept =
          written.words().stream()
              .filter(word -> !EditedLine.isOwn(word.text()))
              .map(this::source)
              .collect(Collectors.joining(" "));
      edits.replace(
          written.start(),
          end(written),
          kept + EditedLine.own(shall) + ";" + EditedLine.remark(shall, line.remark()));
    }
  }

  private static String line(CarriedServer server, NginxSurroundings around, String common) {
    ObservedMember shall = server.observed();
    String own = FileText.bytewise(around.server().expand(server.member()));
    String parameters = own.isEmpty() ? common : own;
    return "server "
        + shall.endpoint()
        + (parameters.isEmpty() ? "" : " " + parameters)
        + EditedLine.own(shall)
        + ";"
        + EditedLine.remark(shall, "");
  }

  /** The parameters that all members' lines have. */
  private String common() {
    List<List<String>> all =
        lines.stream()
            .filter(line -> !line.isSubstitute())
            .map(line -> line.directive().arguments())
            .toList();
    return all.isEmpty()
        ? ""
        : all.getFirst().stream()
            .skip(1)
            .filter(p -> !EditedLine.isOwn(p))
            .filter(p -> all.stream().allMatch(parameters -> parameters.contains(p)))
            .collect(Collectors.joining(" "));
  }

  /** After the last line that is there; in a block without one, or in one line, before its end. */
  private void insert(Edits edits, List<String> more) {
    if (more.isEmpty()) {
      return;
    }
    boolean oneLine =
        !lines.isEmpty() && lines.getLast().directive().last().line() == block.last().line();
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
      Directive lowest = lines.getLast().directive();
      String indent = edits.indent(lowest.start());
      edits.insertAfterLine(
          end(lowest),
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

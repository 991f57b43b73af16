package dev.weir.driver.nginx;

import dev.weir.model.Endpoint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import dev.weir.nginxconf.Directive;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code server} line in a file of the user's: {@code weight}, {@code backup}, {@code down} and a
 * marker in the comment are Weir's, all else in it is the user's.
 *
 * @param at absent for a host name, which is no member of Weir's
 * @param marker what Weir says of it in the comment; empty where it says nothing
 * @param remark what the user says there
 */
record EditedLine(Directive directive, Optional<ObservedMember> at, String marker, String remark) {

  /** The marker of a server that answers where no member is ready. */
  static final String SUBSTITUTE = "substitute";

  private static final Pattern MARKER = Pattern.compile(" weir: (\\S+)(?: #(.*))?\\s*");
  private static final Pattern OWN = Pattern.compile("weight=.*|backup|down");

  /** Reads a line. */
  static EditedLine of(Directive directive) {
    String comment = directive.remark();
    Matcher matcher = MARKER.matcher(comment);
    boolean marked = !comment.isEmpty() && matcher.matches();
    String marker = marked ? matcher.group(1) : "";
    String remark = marked ? Optional.ofNullable(matcher.group(2)).orElse("") : comment;
    return new EditedLine(
        directive,
        UpstreamsReader.endpoint(directive.words().get(1).text())
            .map(at -> found(directive.arguments(), at, marker)),
        marker,
        remark.stripTrailing());
  }

  private static ObservedMember found(List<String> parameters, Endpoint at, String marker) {
    ServerState down =
        marker.equals(ServerState.DRAIN.word()) ? ServerState.DRAIN : ServerState.MAINT;
    return new ObservedMember(
        UpstreamsReader.nameOf(at),
        at,
        parameters.contains("down") ? down : ServerState.READY,
        UpstreamsReader.weight(parameters),
        parameters.contains("backup"));
  }

  boolean isSubstitute() {
    return marker.equals(SUBSTITUTE);
  }

  /** Whether it says of a member what it should; a host name is taken for the member's. */
  boolean says(ObservedMember shall) {
    ObservedMember is = at.orElseGet(() -> found(directive.arguments(), shall.endpoint(), marker));
    return is.state() == shall.state()
        && is.weight() == shall.weight()
        && is.backup() == shall.backup();
  }

  /** Whether a parameter is one that Weir writes itself. */
  static boolean isOwn(String parameter) {
    return OWN.matcher(parameter).matches();
  }

  /** The parameters that Weir writes itself, each with a blank before it. */
  static String own(ObservedMember shall) {
    return (shall.weight() == 1 ? "" : " weight=" + shall.weight())
        + (shall.backup() ? " backup" : "")
        + (shall.state() == ServerState.READY ? "" : " down");
  }

  /**
   * The comment behind a line, with a blank before it; empty where there is nothing to say.
   *
   * @param user what the user says there
   */
  static String remark(ObservedMember shall, String user) {
    String marker = shall.state() == ServerState.READY ? "" : " # weir: " + shall.state().word();
    return marker + (user.isEmpty() ? "" : " #" + user);
  }
}

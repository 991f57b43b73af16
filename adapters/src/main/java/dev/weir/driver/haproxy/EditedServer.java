package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.Layout.Change;
import dev.weir.handwritten.Edits;
import dev.weir.haproxyconf.Option;
import dev.weir.haproxyconf.Server;
import dev.weir.model.Endpoint;
import dev.weir.model.ServerState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A {@code server} line in a file of the user's.
 *
 * <p>Behind a line of Weir's stands its mark, {@code # weir}; behind one of a member that is out,
 * also why: {@code # weir: maint} or {@code # weir: drain}. What else the user has remarked stays
 * behind the mark.
 *
 * @param text of the file
 * @param inherited what it has where it says nothing
 * @param said what it says; absent where that is not plain to see
 * @param mark what stands behind it; absent where it is not Weir's
 */
record EditedServer(
    Server server,
    String text,
    Inherited inherited,
    Optional<ServerLine> said,
    Optional<Mark> mark) {

  /** What Weir writes itself of a line's parameters. */
  static final Set<String> OWN = Set.of("weight", "backup", "no-backup", "disabled", "enabled");

  private static final Pattern MARK = Pattern.compile(" weir(?:: ([a-z]+))?(?: #(.*))?\\s*");

  /**
   * The mark of a line of Weir's.
   *
   * @param word why its member is out; empty where it is not
   * @param users what else stands there
   */
  record Mark(String word, Optional<String> users) {}

  static EditedServer of(Server server, String text, Inherited inherited) {
    Matcher matcher = MARK.matcher(server.line().remark(text).orElse(""));
    Optional<Mark> mark =
        matcher.matches()
            ? Optional.of(
                new Mark(
                    Objects.requireNonNullElse(matcher.group(1), ""),
                    Optional.ofNullable(matcher.group(2))))
            : Optional.empty();
    EditedServer bare = new EditedServer(server, text, inherited, Optional.empty(), mark);
    Optional<ServerLine> said =
        server.isCertain()
            ? ServerLine.endpoint(server.address().text()).map(bare::said)
            : Optional.empty();
    return new EditedServer(server, text, inherited, said, mark);
  }

  String name() {
    return server.name().text();
  }

  /** Whether all that Weir has to know of it is plain to see. */
  boolean isPlain() {
    return said.isPresent();
  }

  /** Whether Weir wrote it, or has taken it over. */
  boolean isMarked() {
    return mark.isPresent();
  }

  private ServerLine said(Endpoint endpoint) {
    boolean drain = mark.filter(m -> m.word().equals(ServerState.DRAIN.word())).isPresent();
    boolean out = has("disabled", "enabled", inherited.disabled());
    ServerState state = drain ? ServerState.DRAIN : ServerState.MAINT;
    return new ServerLine(
        name(),
        endpoint,
        out ? state : ServerState.READY,
        last("weight").map(weight -> Inherited.weight(weight.value())).orElse(inherited.weight()),
        has("backup", "no-backup", inherited.backup()),
        users());
  }

  /** Its parameters but for Weir's own, as they are written. */
  private String users() {
    return options().stream()
        .filter(option -> !OWN.contains(option.name()))
        .map(option -> option.source(text))
        .collect(Collectors.joining(" "));
  }

  private List<Option> options() {
    return Option.of(server.parameters());
  }

  private boolean has(String on, String off, boolean otherwise) {
    return options().stream()
        .map(Option::name)
        .filter(name -> name.equals(on) || name.equals(off))
        .reduce((first, second) -> second)
        .map(on::equals)
        .orElse(otherwise);
  }

  private Optional<Option> last(String name) {
    return options().stream()
        .filter(option -> option.name().equals(name))
        .reduce((first, second) -> second);
  }

  /** Changes what has to be changed so that it says this; its other parameters stay. */
  Change edit(Edits edits, ServerLine want) {
    ServerLine is = said.orElseThrow();
    boolean same =
        is.endpoint().equals(want.endpoint())
            && is.state() == want.state()
            && is.weight() == want.weight()
            && is.backup() == want.backup();
    if (!is.endpoint().equals(want.endpoint())) {
      edits.replace(server.address().start(), server.address().end(), want.address());
    }
    if (is.weight() != want.weight()) {
      weigh(edits, want.weight());
    }
    StringBuilder behind = new StringBuilder();
    if (is.backup() != want.backup()) {
      behind.append(turn(edits, want.backup() ? "no-backup" : "backup", want.backup(), "backup"));
    }
    boolean out = want.state() != ServerState.READY;
    if (out != (is.state() != ServerState.READY)) {
      behind.append(turn(edits, out ? "enabled" : "disabled", out, "disabled"));
    }
    boolean marked = mark(edits, want.state(), behind.toString());
    return same ? (marked ? Change.NONE : Change.MARKS) : Change.TEXT;
  }

  private void weigh(Edits edits, int weight) {
    Optional<Option> written = last("weight").filter(option -> option.words().size() > 1);
    if (written.isPresent()) {
      edits.replace(
          written.get().words().get(1).start(), written.get().end(), Integer.toString(weight));
    } else {
      int end = server.address().end();
      edits.replace(end, end, " weight " + weight);
    }
  }

  /** Takes the word that says the contrary away; what to write where that is not enough. */
  private String turn(Edits edits, String contrary, boolean on, String word) {
    for (Option option : options()) {
      if (option.name().equals(contrary)) {
        edits.replace(start(option), option.end(), "");
      }
    }
    boolean otherwise = word.equals("backup") ? inherited.backup() : inherited.disabled();
    if (otherwise == on) {
      return "";
    }
    return " " + (on ? word : word.equals("backup") ? "no-backup" : "enabled");
  }

  /** With the blanks before it. */
  private int start(Option option) {
    int start = option.start();
    while (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t') {
      start--;
    }
    return start;
  }

  /** Whether the mark says so already. */
  private boolean mark(Edits edits, ServerState state, String behind) {
    int words = server.line().words().getLast().end();
    String word = state == ServerState.READY ? "" : state.word();
    boolean same = mark.filter(m -> m.word().equals(word)).isPresent();
    if (!behind.isEmpty()) {
      edits.replace(words, words, behind);
    }
    if (!same) {
      Optional<String> users = mark.isPresent() ? mark.get().users() : server.line().remark(text);
      String remark = users.map(theirs -> " #" + theirs).orElse("");
      remark(edits, words, " #" + markOf(state) + remark.stripTrailing());
    }
    return same;
  }

  /** Blanks before a comment that is there stay. */
  private void remark(Edits edits, int words, String remark) {
    int comment = server.line().comment();
    if (comment < 0) {
      edits.replace(words, server.line().end(), remark);
    } else {
      edits.replace(comment, server.line().end(), remark.strip());
    }
  }

  /** What stands behind the {@code #}. */
  private static String markOf(ServerState state) {
    return state == ServerState.READY ? " weir" : " weir: " + state.word();
  }

  /** A line that comes, without its indentation. */
  static String line(ServerLine server, Inherited inherited) {
    boolean out = server.state() != ServerState.READY;
    StringBuilder line = new StringBuilder("server ").append(server.nameAndAddress());
    line.append(server.weight() == inherited.weight() ? "" : " weight " + server.weight());
    if (server.backup() != inherited.backup()) {
      line.append(server.backup() ? " backup" : " no-backup");
    }
    if (out != inherited.disabled()) {
      line.append(out ? " disabled" : " enabled");
    }
    line.append(server.options().isEmpty() ? "" : " " + server.options());
    return line.append(" #").append(markOf(server.state())).toString();
  }
}

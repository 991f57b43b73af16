package dev.weir.nginxconf;

import java.util.List;

/**
 * An {@code upstream} block.
 *
 * @param file that it stands in
 */
public record Upstream(Context context, ConfFile file, Directive directive) {

  /** What kind of traffic it serves. */
  public enum Context {
    HTTP,
    STREAM
  }

  /** Its name; empty where it has none. */
  public String name() {
    List<String> arguments = directive.arguments();
    return arguments.isEmpty() ? "" : arguments.getFirst();
  }

  /** Its servers, in order. */
  public List<Server> servers() {
    return directive.block().stream()
        .filter(d -> d.name().equals("server") && d.words().size() > 1)
        .map(Server::new)
        .toList();
  }

  /** What else stands in it. */
  public List<Directive> others() {
    return directive.block().stream().filter(d -> !d.name().equals("server")).toList();
  }

  /** A {@code server} line. */
  public record Server(Directive directive) {

    /** As it is written, without quotes. */
    public String address() {
      return directive.arguments().getFirst();
    }

    /** What follows the address, verbatim but for quotes. */
    public List<String> parameters() {
      return directive.arguments().subList(1, directive.arguments().size());
    }
  }
}

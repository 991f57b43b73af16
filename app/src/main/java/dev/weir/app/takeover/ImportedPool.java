package dev.weir.app.takeover;

import dev.weir.model.PoolKind;
import dev.weir.nginxconf.Directive;
import dev.weir.nginxconf.Upstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A pool as one {@code upstream} block proposes it. */
final class ImportedPool {

  private final Upstream upstream;
  private final PoolKind kind;
  private final List<String> notes;
  private final Map<String, ImportedServer> servers = new LinkedHashMap<>();

  private ImportedPool(Upstream upstream, PoolKind kind, List<String> notes) {
    this.upstream = upstream;
    this.kind = kind;
    this.notes = notes;
  }

  /**
   * Reads a block.
   *
   * @param notes gets what is not the same in Weir
   */
  static ImportedPool of(Upstream upstream, PoolKind kind, List<String> notes) {
    ImportedPool pool = new ImportedPool(upstream, kind, notes);
    upstream.servers().forEach(pool::take);
    return pool;
  }

  /** Its entry under {@code pools}. */
  String yaml() {
    StringBuilder text = new StringBuilder("  %s:\n".formatted(Scalar.of(upstream.name())));
    if (kind != PoolKind.HTTP) {
      text.append("    kind: %s\n".formatted(kind.word()));
    }
    text.append("    sources:\n      - static:\n");
    if (servers.isEmpty()) {
      text.setLength(text.length() - 1);
      text.append(" []\n");
    }
    servers
        .values()
        .forEach(server -> text.append("          - ").append(server.yaml()).append('\n'));
    String surroundings = surroundings();
    if (!surroundings.isEmpty()) {
      text.append("    nginx:\n").append(surroundings);
    }
    return text.toString();
  }

  private String surroundings() {
    StringBuilder text = new StringBuilder();
    List<Directive> directives = upstream.others();
    if (!directives.isEmpty()) {
      text.append("      directives:\n");
      directives.forEach(
          directive -> text.append("        - ").append(Scalar.of(source(directive))).append('\n'));
    }
    String parameters = common();
    if (!parameters.isEmpty()) {
      text.append("      server: ").append(Scalar.of(parameters)).append('\n');
    }
    return text.toString();
  }

  /** In one line, as Weir takes it; a comment inside a block of Lua would swallow what follows. */
  private String source(Directive directive) {
    String source = directive.source(upstream.file().conf().text());
    if (source.contains("\n") && source.contains("--")) {
      note(directive, "write '%s' in one line, without its comments".formatted(directive.name()));
    }
    return source.replaceAll("\\s*\\R\\s*", " ");
  }

  private void take(Upstream.Server server) {
    ImportedServer read = ImportedServer.of(server, problem -> note(server.directive(), problem));
    if (read.address().isEmpty()) {
      return;
    }
    if (servers.putIfAbsent(read.address(), read) != null) {
      note(
          server.directive(),
          "a second server %s is left out (expected: a weight)".formatted(read.address()));
    }
  }

  /** The parameters that all servers have; others are told. */
  private String common() {
    List<String> first =
        servers.values().stream().findFirst().map(ImportedServer::parameters).orElse(List.of());
    List<String> all =
        first.stream()
            .filter(p -> servers.values().stream().allMatch(s -> s.parameters().contains(p)))
            .toList();
    for (ImportedServer server : servers.values()) {
      String own =
          server.parameters().stream()
              .filter(p -> !all.contains(p))
              .collect(Collectors.joining(" "));
      if (!own.isEmpty()) {
        notes.add(
            "%s: '%s' of server %s is not taken over (expected: the same for all servers)"
                .formatted(server.place(upstream), own, server.address()));
      }
    }
    return String.join(" ", all);
  }

  private void note(Directive at, String text) {
    notes.add("%s:%d: %s".formatted(upstream.file().path(), at.line(), text));
  }
}

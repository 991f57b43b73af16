package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigCheck.Refusal;
import dev.weir.driver.haproxy.KeptFiles.Whose;
import dev.weir.haproxyconf.Configuration;
import dev.weir.haproxyconf.Line;
import dev.weir.model.Endpoint;
import dev.weir.spi.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at an HAProxy for {@code weir check}: what is there, what is wrong, what will hurt. */
final class Inspection {

  private static final Pattern VERSION = Pattern.compile("([0-9]+)\\.([0-9]+)");
  private static final int LEAST = 206;

  private final HaproxyOptions options;
  private final LoadedFiles loaded;
  private final Layout layout;
  private final KeptFiles files;
  private final List<Backend> backends;
  private final Talk talk;
  private final Master master;
  private final ConfigCheck check;
  private final List<Finding> findings = new ArrayList<>();

  Inspection(Parts parts) {
    this.options = parts.options();
    this.loaded = parts.loaded();
    this.layout = parts.layout();
    this.files = parts.files();
    this.backends = parts.backends();
    this.talk = parts.talk();
    this.master = parts.master();
    this.check = parts.check();
  }

  List<Finding> findings(Defaults defaults) throws InterruptedException {
    program();
    files();
    settings();
    for (Endpoint at : options.sockets()) {
      process(at);
    }
    if (options.template().isEmpty()) {
      for (Backend backend : backends) {
        runTime(backend, defaults).ifPresent(findings::add);
        backend.borrowed(defaults).map(Finding::ok).ifPresent(findings::add);
      }
    }
    return List.copyOf(findings);
  }

  private void program() throws InterruptedException {
    Optional<String> line = check.version();
    findings.add(
        line.isEmpty()
            ? Finding.error(
                "%s -v does not work (expected: HAProxy's program; set binary)"
                    .formatted(options.binary()))
            : version(line.get()));
  }

  private static Finding version(String line) {
    Matcher matcher = VERSION.matcher(line);
    if (!matcher.find()) {
      return Finding.warning("unknown version: %s (expected: 2.6 or later)".formatted(line));
    }
    int version = Integer.parseInt(matcher.group(1)) * 100 + Integer.parseInt(matcher.group(2));
    return version < LEAST
        ? Finding.warning(
            "%s: servers cannot be added at run time (expected: 2.6 or later)".formatted(line))
        : Finding.ok(line);
  }

  private void files() throws InterruptedException {
    for (Path own : loaded.kept()) {
      Path folder = own.getParent();
      if (folder == null || !Files.isWritable(folder)) {
        findings.add(Finding.error("%s cannot be written (expected: a folder)".formatted(folder)));
      }
    }
    loaded.users().stream()
        .filter(file -> !Files.isReadable(file))
        .forEach(file -> findings.add(Finding.error("%s cannot be read".formatted(file))));
    layout.problem(files.look()).map(Finding::error).ifPresent(findings::add);
    if (loaded.whose() == Whose.WEIRS && !Files.exists(loaded.kept().getFirst())) {
      findings.add(
          Finding.warning(
              "%s does not exist yet; run weir run --once before HAProxy is started with it"
                  .formatted(loaded.shown())));
      return;
    }
    try {
      Optional<Refusal> refusal = check.check(Map.of());
      findings.add(
          refusal.isPresent()
              ? Finding.error("%s -c: %s".formatted(options.binary(), refusal.get().message()))
              : Finding.ok("%s -c passes".formatted(options.binary())));
    } catch (IOException e) {
      findings.add(Finding.error(String.valueOf(e.getMessage())));
    }
  }

  private void settings() {
    List<List<String>> lines = userLines();
    if (lines.stream().noneMatch(words -> words.getFirst().equals("hard-stop-after"))) {
      findings.add(
          Finding.warning(
              "no hard-stop-after in global: after a reload an old worker stays as long as any"
                  + " client keeps a connection (expected: for example hard-stop-after 10m)"));
    }
    lines.stream()
        .filter(words -> words.getFirst().equals("load-server-state-from-file"))
        .filter(words -> !words.contains("none"))
        .findFirst()
        .ifPresent(words ->
            findings.add(
                Finding.warning(
                    "load-server-state-from-file brings old states and ports back at each"
                        + " reload, which Weir then has to repair (expected: none)")));
    boolean exposes =
        lines.stream().anyMatch(words -> words.contains("socket") && words.contains("expose-fd"));
    if (options.reload() instanceof ReloadBy.Binary && !exposes) {
      findings.add(
          Finding.error(
              "reload: binary without listeners to take over: a new HAProxy that fails takes the"
                  + " stats socket of the old one with it (expected: stats socket ... expose-fd"
                  + " listeners)"));
    }
    if (lines.stream().anyMatch(words -> words.getFirst().equals("nbproc"))) {
      findings.add(Finding.error("nbproc: Weir talks to one process only (expected: nbthread)"));
    }
  }

  private List<List<String>> userLines() {
    return Configuration.read(options.template().isPresent() ? loaded.all() : loaded.users())
        .sections()
        .stream()
        .flatMap(placed -> placed.section().settings())
        .map(Line::texts)
        .toList();
  }

  private void process(Endpoint at) throws InterruptedException {
    Talk one = talk.with(at);
    String name = AdminSocket.name(at);
    try (Chorus socket = one.open()) {
      Worker worker = one.look(socket, List.of()).workers().firstEntry().getValue();
      findings.add(Finding.ok("HAProxy %s runs as %d".formatted(worker.version(), worker.pid())));
      List<String> answers =
          socket
              .ask(List.of("show cli level", "show env HAPROXY_CFGFILES"))
              .firstEntry()
              .getValue();
      level(name, answers.get(0));
      loadedFiles(answers.get(1));
      findings.add(
          options.container().isPresent()
              ? Finding.ok("it runs in container " + options.container().get().container().name())
              : Finding.ok("its master is %d".formatted(master.of(worker.pid()))));
    } catch (Talk.NobodyThere e) {
      findings.add(
          master.running().isPresent()
              ? Finding.error(
                  "HAProxy %d runs, but %s (expected: stats socket %s level admin)"
                      .formatted(master.running().getAsLong(), e.getMessage(), name))
              : Finding.warning("HAProxy does not run: " + e.getMessage()));
    } catch (IOException | Master.Unknown e) {
      findings.add(Finding.error(String.valueOf(e.getMessage())));
    }
  }

  private void level(String name, String level) {
    findings.add(
        level.equals("admin")
            ? Finding.ok("%s has level admin".formatted(name))
            : Finding.error("%s has level %s (expected: level admin)".formatted(name, level)));
  }

  private Path here(String file) {
    return options.container().map(way -> way.paths().here(Path.of(file))).orElse(Path.of(file));
  }

  private void loadedFiles(String answer) {
    List<String> files = List.of(answer.replaceFirst("^HAPROXY_CFGFILES=", "").split(";"));
    boolean relative = files.stream().anyMatch(file -> !file.startsWith("/"));
    if (relative || answer.startsWith("Variable not found")) {
      return;
    }
    for (Path own : loaded.kept()) {
      boolean read =
          files.stream()
              .map(file -> LoadedFiles.real(here(file)))
              .anyMatch(file -> own.startsWith(file));
      if (!read) {
        findings.add(
            Finding.error(
                "the running HAProxy was started with %s (expected: also -f %s%s)"
                    .formatted(
                        String.join(", ", files),
                        own,
                        loaded.whose() == Whose.WEIRS ? ", last" : "")));
      }
    }
  }

  private static Optional<Finding> runTime(Backend backend, Defaults defaults) {
    return switch (backend.rung(defaults)) {
      case Rung.Dynamic _ -> Optional.empty();
      case Rung.Slotted(String why) ->
          Optional.of(
              Finding.ok("%s: new members take slots, because %s".formatted(backend.as(), why)));
      case Rung.Reloading(String why) ->
          Optional.of(
              Finding.warning("%s: new members need a reload: %s".formatted(backend.as(), why)));
    };
  }
}

package dev.weir.driver.nginx;

import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.publish.ReloadWay;
import dev.weir.spi.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at an nginx's set-up for {@code weir check}. */
final class Inspection {

  private static final Duration MOST = Duration.ofSeconds(5);
  private static final Pattern VERSION = Pattern.compile("nginx version: \\S*/(\\S+)");

  private final NginxOptions options;
  private final TreeTrial test;
  private final ConfigTree tree;
  private final ConfirmPort port;
  private final LivePools live;

  Inspection(
      NginxOptions options, TreeTrial test, ConfigTree tree, ConfirmPort port, LivePools live) {
    this.options = options;
    this.test = test;
    this.tree = tree;
    this.port = port;
    this.live = live;
  }

  /** Of an nginx whose whole file is Weir's: nothing of the user's is missing in it. */
  List<Finding> ofWholeFile() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(binary());
    if (Files.isReadable(options.config())) {
      findings.add(configuration());
      shutdown().ifPresent(findings::add);
    } else {
      findings.add(
          Finding.warning(
              "config %s does not exist yet; run weir run --once before nginx is started"
                  .formatted(options.config())));
    }
    findings.add(process());
    findings.add(confirmPort());
    return findings;
  }

  List<Finding> findings() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(binary());
    if (!Files.isReadable(options.config())) {
      findings.add(
          Finding.error(
              "config %s cannot be read (expected: nginx's main file)"
                  .formatted(options.config())));
      return findings;
    }
    if (findings.getFirst().severity() == Finding.Severity.OK) {
      findings.add(configuration());
      findings.add(trial());
    }
    options.owned().forEach(file -> findings.add(inclusion(file)));
    shutdown().ifPresent(findings::add);
    findings.addAll(live());
    findings.add(process());
    findings.add(confirmPort());
    return findings;
  }

  private Optional<Finding> shutdown() {
    return tree.mentions("worker_shutdown_timeout")
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "no worker_shutdown_timeout: with long connections each reload leaves an old worker"
                    + " behind for as long as they live; set one in "
                    + options.template().orElse(options.config())));
  }

  private Finding binary() throws InterruptedException {
    List<String> command = List.of(options.binary(), "-v");
    ProgramResult result =
        options.container().isPresent()
            ? options.container().get().run(command, MOST)
            : Programs.run(command, MOST);
    if (result instanceof Exited exited) {
      Matcher version = VERSION.matcher(exited.output().text());
      if (version.find()) {
        return Finding.ok("nginx %s (%s)".formatted(version.group(1), options.binary()));
      }
    }
    String missing = "binary '%s' does not run as nginx (%s)".formatted(options.binary(), result);
    return options.reload() instanceof ReloadWay.Command
        ? Finding.warning(missing + "; the exit code of the reload command is the only test")
        : Finding.error(missing + "; it is needed to test each configuration");
  }

  private Finding configuration() throws InterruptedException {
    return switch (test.asItIs()) {
      case Verdict.Passed passed ->
          Finding.ok("nginx accepts its configuration %s".formatted(options.config()));
      case Verdict.Refused refused ->
          Finding.error("nginx refuses its own configuration: " + refused.message());
      case Verdict.NotAsked(String reason) ->
          Finding.error("nginx could not test its configuration: " + reason);
    };
  }

  /** How a new text is tested before it is in force. */
  private Finding trial() throws InterruptedException {
    if (options.container().isPresent()) {
      return Finding.ok(
          "new texts are tested in the container: by themselves, and in the real tree after they"
              + " are in place");
    }
    ProgramResult result = Programs.run(List.of("unshare", "-m", "true"), MOST);
    if (result instanceof Exited exited && exited.succeeded()) {
      return Finding.ok("new texts are tested in the real tree before anybody sees them");
    }
    return options.edit().isEmpty()
        ? Finding.ok(
            "Weir may not mount: new texts are tested by themselves, and in the real tree after"
                + " they are in place")
        : Finding.warning(
            "Weir may not mount: files of 'edit' are tested only after they are in place, and go"
                + " back when nginx refuses them; run Weir as root or with CAP_SYS_ADMIN");
  }

  private Finding inclusion(Path file) {
    String block = file.equals(options.upstreams()) ? "http" : "stream";
    return tree.includes(file)
        ? Finding.ok("%s is included by the configuration".formatted(file))
        : Finding.error(
            "%s is not included; add 'include %s;' inside %s { } of %s"
                .formatted(file, file, block, options.config()));
  }

  private List<Finding> live() {
    List<Finding> findings = new ArrayList<>();
    if (!live.balanced().isEmpty()) {
      findings.add(
          Finding.ok("%d pools change without a reload".formatted(live.balanced().size())));
    }
    for (String reason : live.reasons()) {
      String message = "changes need a reload: " + reason;
      findings.add(
          options.update() == NginxOptions.Update.LIVE
              ? Finding.error(message)
              : Finding.ok(message));
    }
    return findings;
  }

  private Finding process() throws InterruptedException {
    return switch (Master.find(options)) {
      case Master.Search.Found(Master master) when isApart(master) ->
          Finding.error(
              ("nginx, master process %d, is in a network of its own, where Weir cannot ask at"
                      + " confirm %s (expected: port %d of the container published, and confirm: {"
                      + " listen: 0.0.0.0:%d, ask: PUBLISHED }; or the machine's network for the"
                      + " container)")
                  .formatted(
                      master.pid(),
                      options.confirm().ask(),
                      options.confirm().listen().port(),
                      options.confirm().listen().port()));
      case Master.Search.Found(Master master) ->
          Finding.ok("nginx runs, master process %d".formatted(master.pid()));
      case Master.Search.Absent(String reason) -> Finding.warning("nginx does not run: " + reason);
      case Master.Search.Hidden(String reason) -> Finding.error(reason);
    };
  }

  private boolean isApart(Master master) {
    return !options.confirm().isOpen() && Processes.hasOwnNetwork(master.pid());
  }

  private Finding confirmPort() throws InterruptedException {
    return switch (port.ask()) {
      case ConfirmPort.Answer.Content c ->
          Finding.ok("nginx answers what it runs at %s".formatted(port.at()));
      case ConfirmPort.Answer.Torn t -> Finding.error(t.why());
      case ConfirmPort.Answer.Refused r ->
          Finding.ok("confirm %s is free; nginx will answer there".formatted(port.at()));
      case ConfirmPort.Answer.Silent s ->
          Finding.error("something accepts at confirm %s and does not answer".formatted(port.at()));
      case ConfirmPort.Answer.Stranger s ->
          Finding.error(
              "confirm %s is taken by something else, which answers %s; choose another port"
                  .formatted(port.at(), s.what()));
    };
  }
}

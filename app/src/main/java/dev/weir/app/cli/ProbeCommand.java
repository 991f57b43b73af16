package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "probe",
    description = {
      "Checks a member once, now, and shows all that is said.",
      "",
      "It is checked as its pool says, by a plain connection where Weir does not check the pool."
          + " What comes of it changes nothing. Values that the configuration puts into headers are"
          + " not shown. The exit code is 1 where the check fails."
    },
    footer = {"", "Example:", "  weir probe web web1"})
final class ProbeCommand extends ClientCommand {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Parameters(index = "0", paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Parameters(
      index = "1",
      paramLabel = "MEMBER",
      description = "The member, by name, address or the unique beginning of one.")
  String member = "";

  ProbeCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    JsonObject found = new MemberLookup(client, pool).find(member);
    String target = MemberLookup.path(pool, found) + "/probe";
    JsonObject probed;
    try (var _ = Progress.show(shell(), output, "waiting for " + member)) {
      probed = client.send(new ApiClient.Call("POST", target, Optional.empty(), PATIENCE)).body();
    }
    output.print(shell(), probed, people -> print(people.out(), probed));
    return probed.isTrue("passed") ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void print(PrintWriter out, JsonObject probed) {
    for (JsonObject line : probed.objects("transcript")) {
      out.println(
          "%7.1f ms %s %s"
              .formatted(
                  line.decimal("at_seconds").orElse(0) * 1000,
                  sign(line.text("voice").orElse("")),
                  Terminal.safe(line.text("text").orElse("")))
              .stripTrailing());
    }
    out.println(
        Terminal.safe(
            String.format(
                Locale.ROOT,
                "%s: %s (%s) after %.1f ms",
                probed.isTrue("passed") ? "passed" : "failed",
                probed.text("detail").orElse(""),
                probed.text("result").orElse(""),
                probed.decimal("took_seconds").orElse(0) * 1000)));
  }

  private static String sign(String voice) {
    return switch (voice) {
      case "sent" -> ">";
      case "received" -> "<";
      default -> "*";
    };
  }
}

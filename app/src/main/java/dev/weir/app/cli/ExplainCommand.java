package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Explains why a member is in, out, draining, held or kept: source, check, override and"
          + " guard.",
      "With a proxy alone: why it is in step or not, and what would be done."
    },
    footer = {"", "Examples:", "  weir explain web web1", "  weir explain edge"})
final class ExplainCommand extends LookCommand {

  @Parameters(index = "0", paramLabel = "POOL|PROXY", description = "A pool, or a proxy.")
  String subject = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MEMBER",
      description = "A member of the pool.")
  @Nullable String member;

  ExplainCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    if (member == null) {
      explainProxy(client);
    } else {
      explainMember(client, member);
    }
    return ExitCode.DONE;
  }

  private void explainMember(ApiClient client, String text) throws CommandFailed {
    JsonObject found = new MemberLookup(client, subject).find(text);
    JsonObject told =
        client.get(
            "/v1/explain/%s/%s"
                .formatted(
                    ApiClient.encoded(subject), ApiClient.encoded(found.text("name").orElse(""))));
    output.print(shell(), told, shell -> new Explanation(shell.out()).member(told));
  }

  private void explainProxy(ApiClient client) throws CommandFailed {
    String path = "/v1/proxies/" + ApiClient.encoded(subject);
    try {
      JsonObject proxy = client.get(path).with("plan", client.get(path + "/plan"));
      output.print(shell(), proxy, shell -> new Explanation(shell.out()).proxy(proxy));
    } catch (CommandFailed e) {
      if (e.exitCode() != ExitCode.FAILED) {
        throw e;
      }
      throw new CommandFailed(
          ExitCode.FAILED,
          String.valueOf(e.getMessage()),
          Optional.of("for a member: weir explain POOL MEMBER; weir proxies lists the proxies"));
    }
  }
}

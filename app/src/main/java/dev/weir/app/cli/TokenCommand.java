package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    description = "Makes, lists and revokes tokens, with which callers come in over a port.",
    footer = {
      "",
      "A token is shown once, when it is made. Commands show the one in $$WEIR_TOKEN.",
      "",
      "Example:",
      "  weir token create ci --role operator --for 90d"
    })
final class TokenCommand extends ClientCommand {

  /** What is done. */
  enum Verb {
    create,
    list,
    revoke
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "create|list|revoke", description = "What to do.")
  Verb verb = Verb.list;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Whom the token is for, as the journal shows it.")
  @Nullable String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "viewer",
      description = "viewer reads, operator decides, admin makes tokens. Default: viewer.")
  String role = "viewer";

  @Mixin WhyOptions why = new WhyOptions();

  TokenCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    switch (verb) {
      case create -> create(client);
      case list -> list(client);
      case revoke -> revoke(client);
    }
    return ExitCode.DONE;
  }

  private void create(ApiClient client) throws CommandFailed {
    JsonObject body = why.into(new JsonObject().with("name", named()).with("role", role));
    JsonObject made = client.write("POST", "/v1/tokens", Optional.of(body));
    output.print(shell(), made, people -> people.out().println(made.text("token").orElse("")));
  }

  private void list(ApiClient client) throws CommandFailed {
    List<JsonObject> tokens = client.list("/v1/tokens");
    Table table = new Table("NAME", "ROLE", "BY", "AGE", "UNTIL", "REASON");
    for (JsonObject token : tokens) {
      table.row(
          token.text("name").orElse(""),
          token.text("role").orElse(""),
          token.text("by").orElse(""),
          Ages.since(token.text("at")),
          token.text("until").orElse("-"),
          token.text("reason").orElse(""));
    }
    output.print(shell(), tokens, people -> table.print(people.out(), people.terminal()));
  }

  private void revoke(ApiClient client) throws CommandFailed {
    String whose = named();
    JsonObject answer =
        client.write("DELETE", "/v1/tokens/" + ApiClient.encoded(whose), Optional.empty());
    output.print(
        shell(), answer, people -> people.out().println(Terminal.safe(whose) + " revoked"));
  }

  private String named() {
    if (name == null) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'NAME'");
    }
    return name;
  }
}

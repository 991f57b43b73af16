package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = "Adds members that no source knows, or takes back a remove.",
    footer = {"", "Example:", "  weir add web 10.0.0.9:8080 --weight 5 --for 1h"})
final class AddCommand extends WriteCommand {

  private static final String NEW = "; a new one is added by its address: HOST:PORT or unix:/PATH";

  @Parameters(index = "0", paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "MEMBER",
      description = "Members: new ones by address, removed ones also by name.")
  List<String> members = List.of();

  @Option(names = "--weight", paramLabel = "N", description = "1 to 256. Default: 1.")
  @Nullable Integer weight;

  @Option(names = "--name", paramLabel = "NAME", description = "Its name in the proxies.")
  @Nullable String name;

  @Option(names = "--backup", description = "Takes traffic only when no other member can.")
  boolean backup;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label; may be given several times.")
  Map<String, String> labels = Map.of();

  @Mixin WhyOptions why = new WhyOptions();

  AddCommand(Shell shell) {
    super(shell);
  }

  @Override
  List<Decision> decisions(ApiClient client) throws CommandFailed {
    List<Decision> decisions = new ArrayList<>();
    for (String member : members) {
      String address = address(client, member);
      decisions.add(
          new Decision(
              "POST",
              "/v1/pools/%s/members".formatted(ApiClient.encoded(pool)),
              "",
              Optional.of(body(address)),
              "%s %s added".formatted(pool, member)));
    }
    return decisions;
  }

  private JsonObject body(String address) throws CommandFailed {
    JsonObject body =
        new JsonObject()
            .with("address", address)
            .with("name", Optional.ofNullable(name))
            .with("weight", Optional.ofNullable(weight));
    if (backup) {
      body = body.with("backup", true);
    }
    if (!labels.isEmpty()) {
      JsonObject all = new JsonObject();
      labels.forEach((key, value) -> all.with(key, value));
      body = body.with("labels", all);
    }
    return why.into(body);
  }

  /** That of a new member as it is written, or that of one that was removed. */
  private String address(ApiClient client, String member) throws CommandFailed {
    if (member.indexOf(':') < 0) {
      return new MemberLookup(client, pool).find(member, NEW).text("address").orElse(member);
    }
    try {
      return Address.parse(member).toString();
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), Optional.empty());
    }
  }
}

package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** A command that decides the same about some members of a pool. */
abstract class MemberCommand extends WriteCommand {

  @Parameters(index = "0", paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "MEMBER",
      description = "Members, each by name, address or the unique beginning of one.")
  List<String> members = List.of();

  MemberCommand(Shell shell) {
    super(shell);
  }

  /** The decision about one member. */
  abstract Decision decision(JsonObject member) throws CommandFailed;

  @Override
  List<Decision> decisions(ApiClient client) throws CommandFailed {
    MemberLookup lookup = new MemberLookup(client, pool);
    List<Decision> decisions = new ArrayList<>();
    for (String text : members) {
      decisions.add(decision(lookup.find(text)));
    }
    return decisions;
  }

  /** A change of a member. */
  Decision patch(JsonObject member, JsonObject change, String done) {
    return new Decision(
        "PATCH", MemberLookup.path(pool, member), "", Optional.of(change), said(member, done));
  }

  /** What is printed once it is done. */
  String said(JsonObject member, String done) {
    return "%s %s %s".formatted(pool, member.text("name").orElse(""), done);
  }
}

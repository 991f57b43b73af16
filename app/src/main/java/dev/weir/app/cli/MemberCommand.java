package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that decides the same about some members of a pool, or about all with some labels. */
abstract class MemberCommand extends WriteCommand {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", arity = "0..1", paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "MEMBER",
      description = "Members, each by name, address or the unique beginning of one.")
  List<String> members = List.of();

  @Mixin SelectorOptions selector = new SelectorOptions();

  MemberCommand(Shell shell) {
    super(shell);
  }

  /** What is decided and, in the fields, why and how. */
  abstract JsonObject decided() throws CommandFailed;

  /** In the past tense, for people: {@code drained}. */
  abstract String done();

  @Override
  List<Decision> decisions(ApiClient client) throws CommandFailed {
    checkWhom();
    return selector.given() ? List.of(bySelector(decided())) : byName(client);
  }

  /** The decisions about members that are named. */
  List<Decision> byName(ApiClient client) throws CommandFailed {
    List<JsonObject> found = found(client);
    List<String> names = found.stream().map(MemberCommand::name).toList();
    return List.of(
        decision(
            decided().with("pool", pool).with("members", names),
            names.stream().map(name -> "%s %s %s".formatted(pool, name, done())).toList()));
  }

  /** Everybody who is named; all are found before anything is decided. */
  final List<JsonObject> found(ApiClient client) throws CommandFailed {
    MemberLookup lookup = new MemberLookup(client, pool);
    List<JsonObject> found = new ArrayList<>();
    for (String text : members) {
      found.add(lookup.find(text));
    }
    return found;
  }

  static String name(JsonObject member) {
    return member.text("name").orElse("");
  }

  /** The decision about all with the labels. */
  final Decision bySelector(JsonObject body) {
    JsonObject whole = body.with("labels", selector.asJson());
    String where = selector.allPools ? "in every pool" : "in " + pool;
    return decision(
        selector.allPools ? whole : whole.with("pool", pool),
        List.of("every member with %s %s %s".formatted(selector.shown(), where, done())));
  }

  private static Decision decision(JsonObject body, List<String> done) {
    return new Decision("POST", "/v1/overrides", "", Optional.of(body), done);
  }

  private void checkWhom() {
    if (selector.allPools && (!selector.given() || !pool.isEmpty())) {
      throw wrong("--all-pools goes with -l LABEL=VALUE and without a pool");
    }
    if (!selector.allPools && pool.isEmpty()) {
      throw wrong("Missing required parameter: 'POOL'");
    }
    if (selector.given() != members.isEmpty()) {
      throw wrong(
          selector.given()
              ? "either members or -l, not both"
              : "Missing required parameter: 'MEMBER' (or -l LABEL=VALUE)");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}

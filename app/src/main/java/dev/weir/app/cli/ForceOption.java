package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import picocli.CommandLine.Option;

/** Whether a decision shall be taken that the guard refuses. */
final class ForceOption {

  @Option(
      names = "--force",
      description = "Do it even where it takes the last ready member, or too many of them.")
  boolean force;

  JsonObject into(JsonObject body) {
    return force ? body.with("force", true) : body;
  }

  /** The same as a query. */
  String query() {
    return force ? "&force=true" : "";
  }
}

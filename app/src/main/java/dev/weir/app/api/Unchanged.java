package dev.weir.app.api;

import dev.weir.model.Fingerprint;
import dev.weir.model.OperatorOverride;
import java.util.Optional;

/**
 * The entity tag of a member: what has been decided about it. Who sends it back with a write is
 * refused when somebody else has decided meanwhile; what discovery and checks say is no conflict.
 */
final class Unchanged {

  private static final int LENGTH = 16;

  private Unchanged() {}

  /** The tag of a member as it is now. */
  static String tag(Roster.Entry entry) {
    Fingerprint.Digest digest = Fingerprint.digest().add(entry.id().toString());
    for (OperatorOverride override : entry.knowledge().overrides()) {
      digest = digest.add(override.toString());
    }
    return '"' + digest.finish().hex().substring(0, LENGTH) + '"';
  }

  /**
   * Compares with what the caller has seen, where it says.
   *
   * @throws ApiProblem 412, with the member as it is now
   */
  static void check(Request request, Roster.Entry entry) throws ApiProblem {
    Optional<String> seen = request.header("if-match").filter(tag -> !tag.equals("*"));
    if (seen.isPresent() && !seen.get().equals(tag(entry))) {
      throw new ApiProblem(
              412, "changed", "somebody has decided about %s meanwhile".formatted(entry.name()))
          .with("pool", entry.id().pool())
          .with("member", entry.name())
          .with("current", MemberJson.full(entry))
          .hint("look at it again and decide anew, with its ETag of now: " + tag(entry));
    }
  }
}

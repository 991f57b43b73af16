package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.MemberChange;
import dev.weir.model.Plan;
import dev.weir.model.Step;

/** A plan as JSON, the same wherever it is shown. */
public final class PlanJson {

  private PlanJson() {}

  /** What would be done: by which way, with which steps and files, why, member by member. */
  public static JsonObject of(Plan plan) {
    JsonObject json =
        switch (plan) {
          case Plan.InSync ignored -> new JsonObject().with("plan", "in_sync");
          case Plan.Live live ->
              new JsonObject()
                  .with("plan", "live")
                  .with("steps", live.steps().stream().map(Step::purpose).toList())
                  .with("files", live.files().stream().map(file -> file.file()).toList());
          case Plan.Blocked blocked ->
              new JsonObject()
                  .with("plan", "blocked")
                  .with("problem", blocked.problem())
                  .with("steps", blocked.steps().stream().map(Step::purpose).toList());
          case Plan.Reload reload ->
              new JsonObject()
                  .with("plan", "reload")
                  .with("reasons", reload.reasons())
                  .with("files", reload.files().stream().map(file -> file.file()).toList())
                  .with("steps", reload.followUps().stream().map(Step::purpose).toList());
        };
    return json.with("target", plan.target())
        .with("changes", plan.changes().stream().map(PlanJson::change).toList());
  }

  static JsonObject change(MemberChange change) {
    return new JsonObject()
        .with("pool", change.pool())
        .with("member", change.name())
        .with("endpoint", change.endpoint())
        .with("before", change.before())
        .with("after", change.after())
        .with("why", change.why());
  }
}

package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Job;

/** Jobs as JSON. */
final class JobJson {

  private JobJson() {}

  static JsonObject of(Job job) {
    Job.Order order = job.order();
    JsonObject json =
        new JsonObject()
            .with("id", job.id())
            .with("status", status(job.progress()))
            .with("action", order.action())
            .with("request", read(order.body()))
            .with("pools", job.pools().stream().sorted().toList())
            .with("by", order.by())
            .with("at", order.at())
            .with("until", order.until());
    return switch (job.progress()) {
      case Job.InQueue ignored -> json;
      case Job.Waiting waiting -> json.with("started_at", waiting.since());
      case Job.Finished finished ->
          json.with("started_at", finished.since())
              .with("ended_at", finished.at())
              .with("result", read(finished.result()));
      case Job.Failed failed ->
          json.with("started_at", failed.since())
              .with("ended_at", failed.at())
              .with("error", read(failed.error()));
    };
  }

  static String status(Job.Progress progress) {
    return switch (progress) {
      case Job.InQueue ignored -> "in-queue";
      case Job.Waiting ignored -> "waiting";
      case Job.Finished ignored -> "finished";
      case Job.Failed ignored -> "failed";
    };
  }

  private static JsonObject read(String text) {
    try {
      return Json.readObject(text);
    } catch (JsonException e) {
      throw new IllegalStateException("a job keeps what is no JSON: " + e.getMessage(), e);
    }
  }
}

package dev.weir.store.sqlite;

import dev.weir.model.Job;
import dev.weir.model.PoolId;
import dev.weir.spi.JobStore;
import dev.weir.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs, one row each, in the order in which they came. */
final class JobTable implements JobStore {

  private static final String POOL = "pool.";
  private static final String PUT =
      """
      INSERT INTO job (id, body, sum) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET body = excluded.body, sum = excluded.sum\
      """;

  private final Database database;

  JobTable(Database database) {
    this.database = database;
  }

  @Override
  public List<Job> loadJobs() throws StoreException {
    return database.read(connection -> {
      List<Job> jobs = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT id, body, sum FROM job ORDER BY seq")) {
        while (row.next()) {
          String id = row.getString(1);
          String body = row.getString(2);
          Integrity.check(row.getLong(3), Sum.of(id, body), database.file());
          jobs.add(read(id, Form.read(body)));
        }
      }
      return List.copyOf(jobs);
    });
  }

  @Override
  public void changeJobs(List<Job> kept, List<String> dropped) throws StoreException {
    database.write(connection -> put(connection, kept) + drop(connection, dropped));
  }

  private static int put(Connection connection, List<Job> jobs) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      for (Job job : jobs) {
        String body = write(job).write();
        put.setString(1, job.id());
        put.setString(2, body);
        put.setLong(3, Sum.of(job.id(), body));
        put.addBatch();
      }
      return put.executeBatch().length;
    }
  }

  private static int drop(Connection connection, List<String> ids) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM job WHERE id = ?")) {
      for (String id : ids) {
        delete.setString(1, id);
        delete.addBatch();
      }
      return delete.executeBatch().length;
    }
  }

  private static Form write(Job job) {
    Job.Order order = job.order();
    Form form =
        new Form()
            .put("action", order.action())
            .put("body", order.body())
            .put("by", order.by())
            .put("at", order.at().toString())
            .put("until", order.until().toString());
    job.pools().stream().sorted().forEach(pool -> form.put(POOL + pool, ""));
    return switch (job.progress()) {
      case Job.InQueue ignored -> form.put("is", "in-queue");
      case Job.Waiting waiting ->
          form.put("is", "waiting").put("since", waiting.since().toString());
      case Job.Finished finished ->
          form.put("is", "finished")
              .put("since", finished.since().toString())
              .put("ended", finished.at().toString())
              .put("result", finished.result());
      case Job.Failed failed ->
          form.put("is", "failed")
              .putIfPresent("since", failed.since().map(Instant::toString))
              .put("ended", failed.at().toString())
              .put("error", failed.error());
    };
  }

  private static Job read(String id, Form form) {
    Map<String, String> named = form.below(POOL).all();
    Set<PoolId> pools = named.keySet().stream().map(PoolId::new).collect(Collectors.toSet());
    return new Job(
        id,
        new Job.Order(
            form.get("action"),
            form.get("body"),
            form.get("by"),
            Instant.parse(form.get("at")),
            Instant.parse(form.get("until"))),
        pools,
        readProgress(form));
  }

  private static Job.Progress readProgress(Form form) {
    Optional<Instant> since = form.find("since").map(Instant::parse);
    String is = form.get("is");
    return switch (is) {
      case "in-queue" -> new Job.InQueue();
      case "waiting" -> new Job.Waiting(since.orElseThrow(JobTable::noBeginning));
      case "finished" ->
          new Job.Finished(
              since.orElseThrow(JobTable::noBeginning), ended(form), form.get("result"));
      case "failed" -> new Job.Failed(since, ended(form), form.get("error"));
      default -> throw new IllegalArgumentException("a job's progress '" + is + "'");
    };
  }

  private static Instant ended(Form form) {
    return Instant.parse(form.get("ended"));
  }

  private static IllegalArgumentException noBeginning() {
    return new IllegalArgumentException("no since");
  }
}

package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.model.Endpoint;
import dev.weir.model.Step;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Checkpoints.InjectedFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked and said on the admin socket. Every call that changes something is announced. */
final class Talk {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Beyond so many backends, all servers at once are cheaper than one question each. */
  private static final int SINGLY = 20;

  private final Endpoint at;
  private final String variable;
  private final Checkpoints checkpoints;

  Talk(Endpoint at, String variable, Checkpoints checkpoints) {
    this.at = at;
    this.variable = variable;
    this.checkpoints = checkpoints;
  }

  /**
   * What was seen in one round trip.
   *
   * @param rows by backend; a backend without servers, or that is not there, has none
   */
  record Look(Worker worker, Map<String, List<Row>> rows) {
    List<Row> of(String backend) {
      return rows.getOrDefault(backend, List.of());
    }
  }

  /** A command that was not answered as it should be. */
  record Refused(Step step, String answer) {}

  /** Nobody listens on the socket. */
  static final class NobodyThere extends IOException {
    private static final long serialVersionUID = 1L;

    NobodyThere(String message, IOException cause) {
      super(message, cause);
    }
  }

  /** A connection of its own to whoever accepts now. */
  AdminSocket open() throws IOException, InterruptedException {
    String name = AdminSocket.name(at);
    if (at instanceof Endpoint.UnixSocket && !Files.exists(Path.of(name))) {
      throw new NobodyThere("%s does not exist".formatted(name), new IOException("no such file"));
    }
    try {
      return AdminSocket.open(at, PATIENCE);
    } catch (ConnectException e) {
      throw new NobodyThere("nobody listens on %s".formatted(name), e);
    }
  }

  /** Asks who is there, and for the servers of these backends. */
  Look look(AdminSocket socket, List<String> backends) throws IOException, InterruptedException {
    List<String> questions = new ArrayList<>(Worker.questions(variable));
    if (backends.size() > SINGLY) {
      questions.add("show servers state");
    } else {
      backends.forEach(backend -> questions.add("show servers state " + backend));
    }
    List<String> answers = socket.ask(questions);
    Worker worker = Worker.read(variable, answers.get(0), answers.get(1));
    Map<String, List<Row>> rows = new HashMap<>();
    for (String answer : answers.subList(2, answers.size())) {
      rows.putAll(ServersState.read(answer));
    }
    return new Look(worker, rows);
  }

  /** The same over a new connection. */
  Look look(List<String> backends) throws IOException, InterruptedException {
    try (AdminSocket socket = open()) {
      return look(socket, backends);
    }
  }

  /**
   * What each server of these backends has to do: sessions, and requests that wait for it.
   *
   * @return by backend and server
   */
  Map<String, Integer> counts(AdminSocket socket, List<String> backends)
      throws IOException, InterruptedException {
    Map<String, Integer> counts = new HashMap<>();
    List<String> questions = backends.stream().map(Statistics::question).toList();
    for (List<String> batch : Batches.of(questions, question -> question)) {
      for (String answer : socket.ask(batch)) {
        for (Statistics.Row row : Statistics.read(answer)) {
          long count = row.number("scur") + row.number("qcur");
          counts.put(row.backend() + "/" + row.server(), Math.toIntExact(count));
        }
      }
    }
    return counts;
  }

  /**
   * Says the steps in order, many on a line, and judges every answer; after a line with a refusal
   * no further one is said.
   *
   * @return the first refusal
   */
  Optional<Refused> say(AdminSocket socket, List<Step> steps, Leftovers leftovers)
      throws IOException, InterruptedException {
    for (List<Step> batch : Batches.of(steps, Step::command)) {
      List<String> answers = tell(socket, batch);
      Optional<Refused> refused = judge(batch, answers, leftovers);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  /** Says the steps on one line. */
  List<String> tell(AdminSocket socket, List<Step> batch) throws IOException, InterruptedException {
    String more = batch.size() > 1 ? " and %d more".formatted(batch.size() - 1) : "";
    before("socket " + batch.getFirst().shown() + more);
    return socket.ask(batch.stream().map(Step::command).toList());
  }

  private static Optional<Refused> judge(
      List<Step> batch, List<String> answers, Leftovers leftovers) {
    Optional<Refused> first = Optional.empty();
    for (int i = 0; i < batch.size(); i++) {
      Step step = batch.get(i);
      Answer verdict = Answer.judge(step, answers.get(i));
      if (verdict == Answer.NOT_YET || verdict == Answer.NEVER) {
        leftovers.found(step.command().substring("del server ".length()), verdict);
      }
      if (verdict == Answer.BAD && first.isEmpty()) {
        first = Optional.of(new Refused(step, answers.get(i)));
      }
    }
    return first;
  }

  /** Announces an effect. */
  void before(String step) throws IOException, InterruptedException {
    try {
      checkpoints.before(step);
    } catch (InjectedFailure injected) {
      throw new IOException(injected.getMessage(), injected);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("before " + step);
    }
  }
}

package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.model.Endpoint;
import dev.weir.model.Step;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Checkpoints.InjectedFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked and said on the admin sockets. Every call that changes something is announced. */
final class Talk {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Set<String> COUNTED = Set.of("scur", "qcur");

  /** Beyond so many backends, all servers at once are cheaper than one question each. */
  private static final int SINGLY = 20;

  private final List<Endpoint> sockets;
  private final String variable;
  private final Checkpoints checkpoints;

  /**
   * @param sockets at least one
   */
  Talk(List<Endpoint> sockets, String variable, Checkpoints checkpoints) {
    this.sockets = List.copyOf(sockets);
    this.variable = variable;
    this.checkpoints = checkpoints;
  }

  /**
   * What was seen in one round trip.
   *
   * @param workers who answered, by socket; at least one
   * @param rows by backend; a backend without servers, or that is not there, has none
   * @param missing the sockets at which nobody is, for people
   */
  record Look(
      SequencedMap<Endpoint, Worker> workers,
      Map<String, List<Row>> rows,
      SequencedMap<Endpoint, String> missing) {

    Set<Long> pids() {
      return workers.values().stream().map(Worker::pid).collect(Collectors.toUnmodifiableSet());
    }

    /** One that only finishes what it has, if there is one. */
    Optional<Worker> stopping() {
      return workers.values().stream().filter(Worker::stopping).findFirst();
    }

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

  /** Connections of its own to whoever accepts now. */
  Chorus open() throws IOException, InterruptedException {
    return Chorus.open(sockets, PATIENCE);
  }

  /** The same with one of the sockets. */
  Talk with(Endpoint one) {
    return new Talk(List.of(one), variable, checkpoints);
  }

  /** Asks who is there, and for the servers of these backends. */
  Look look(Chorus sockets, List<String> backends) throws IOException, InterruptedException {
    List<String> questions = new ArrayList<>(Worker.questions(variable));
    if (backends.size() > SINGLY) {
      questions.add("show servers state");
    } else {
      backends.forEach(backend -> questions.add("show servers state " + backend));
    }
    SequencedMap<Endpoint, Worker> workers = new LinkedHashMap<>();
    Map<String, List<List<Row>>> each = new HashMap<>();
    for (Map.Entry<Endpoint, List<String>> said : sockets.ask(questions).entrySet()) {
      List<String> answers = said.getValue();
      workers.put(said.getKey(), Worker.read(variable, answers.get(0), answers.get(1)));
      Map<String, List<Row>> rows = new HashMap<>();
      for (String answer : answers.subList(2, answers.size())) {
        rows.putAll(ServersState.read(answer));
      }
      rows.forEach(
          (backend, of) -> each.computeIfAbsent(backend, name -> new ArrayList<>()).add(of));
    }
    Map<String, List<Row>> rows = new HashMap<>();
    each.forEach((backend, all) -> rows.put(backend, agreed(all, workers.size())));
    return new Look(workers, rows, sockets.missing());
  }

  /** A process that has no server of the backend says nothing of it. */
  private static List<Row> agreed(List<List<Row>> each, int processes) {
    while (each.size() < processes) {
      each.add(List.of());
    }
    return Agreement.of(each);
  }

  /** The same over a new connection. */
  Look look(List<String> backends) throws IOException, InterruptedException {
    try (Chorus all = open()) {
      return look(all, backends);
    }
  }

  /**
   * What each server of these backends has to do in all processes: sessions, and requests that wait
   * for it.
   *
   * @return by backend and server
   */
  Map<String, Integer> counts(Chorus all, List<String> backends)
      throws IOException, InterruptedException {
    Map<String, Integer> counts = new HashMap<>();
    List<String> questions = backends.stream().map(Statistics::question).toList();
    for (List<String> batch : Batches.of(questions, question -> question)) {
      for (List<String> answers : all.ask(batch).values()) {
        for (String answer : answers) {
          for (Statistics.Row row : Statistics.read(answer, COUNTED::contains)) {
            int count = Math.toIntExact(row.number("scur") + row.number("qcur"));
            counts.merge(row.backend() + "/" + row.server(), count, Integer::sum);
          }
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
  Optional<Refused> say(Chorus all, List<Step> steps, Leftovers leftovers)
      throws IOException, InterruptedException {
    for (List<Step> batch : Batches.of(steps, Step::command)) {
      List<String> answers = tell(all, batch);
      Optional<Refused> refused = judge(batch, answers, leftovers);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  /** Says the steps on one line; of several processes' answers, the one that counts. */
  List<String> tell(Chorus all, List<Step> batch) throws IOException, InterruptedException {
    String more = batch.size() > 1 ? " and %d more".formatted(batch.size() - 1) : "";
    before("socket " + batch.getFirst().shown() + more);
    List<List<String>> each =
        List.copyOf(all.ask(batch.stream().map(Step::command).toList()).values());
    if (each.size() == 1) {
      return each.getFirst();
    }
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      int number = i;
      answers.add(Agreement.of(batch.get(i), each.stream().map(said -> said.get(number)).toList()));
    }
    return answers;
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

package dev.weir.publish;

import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpCalls;
import dev.weir.net.HttpQuestion;
import dev.weir.net.HttpTarget;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.NotStarted;
import dev.weir.publish.ProgramResult.Output;
import dev.weir.publish.ProgramResult.TimedOut;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container of a Docker Engine, in which programs are run and to which signals are sent. Every
 * failure has one line that says what happened.
 *
 * @param engine where the engine's API is
 * @param name or id of the container
 */
public record EngineContainer(HttpTarget engine, String name) {

  private static final Logger LOG = LoggerFactory.getLogger(EngineContainer.class);
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** How long the engine may take to say which process it is that has to be killed. */
  private static final Duration LAST = Duration.ofSeconds(2);

  private static final int LARGEST = 1 << 20;

  public EngineContainer {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
      throw new IllegalArgumentException(
          "container: '%s' (expected: a name or an id)".formatted(name));
    }
  }

  /**
   * The number of its main process as the engine's machine counts it; absent where it does not run.
   *
   * @throws IOException when the engine does not answer, or knows no such container
   */
  public OptionalLong mainProcess() throws IOException, InterruptedException {
    try (HttpCalls calls = HttpCalls.to(engine)) {
      HttpAnswer answer = calls.get("/containers/" + name + "/json", ANSWER, LARGEST);
      JsonNode state = json(expect(answer, 200)).path("State");
      long pid = state.path("Pid").asLong(0);
      return state.path("Running").asBoolean(false) && pid > 0
          ? OptionalLong.of(pid)
          : OptionalLong.empty();
    }
  }

  /**
   * Sends a signal to its main process.
   *
   * @param signal as {@code HUP}
   */
  public void signal(String signal) throws IOException, InterruptedException {
    try (HttpCalls calls = HttpCalls.to(engine)) {
      String path = "/containers/%s/kill?signal=%s".formatted(name, signal);
      expect(calls.ask(HttpQuestion.post(path, ""), ANSWER, LARGEST), 204);
    }
  }

  /**
   * Runs a program in it, as the container's user, and waits for its end. Standard output and error
   * come together, as standard output. One that does not end in time is killed where its process is
   * seen from here, as it is on the engine's machine; the engine itself has no way to end it.
   *
   * @throws InterruptedException after it was killed likewise
   */
  public ProgramResult run(List<String> command, Duration most) throws InterruptedException {
    try (HttpCalls calls = HttpCalls.to(engine)) {
      String exec = create(calls, command);
      String start = MAPPER.writeValueAsString(Map.of("Detach", false, "Tty", true));
      String said;
      try {
        HttpQuestion question = HttpQuestion.post("/exec/" + exec + "/start", start);
        said = expect(calls.ask(question, most, Programs.MOST_OUTPUT_BYTES), 200);
      } catch (HttpTimeoutException late) {
        kill(exec);
        return new TimedOut(most, new Output("", ""));
      } catch (InterruptedException stop) {
        kill(exec);
        throw stop;
      }
      HttpAnswer ended = calls.get("/exec/" + exec + "/json", ANSWER, LARGEST);
      JsonNode state = json(expect(ended, 200));
      return state.path("ExitCode").isIntegralNumber()
          ? new Exited(state.path("ExitCode").asInt(), new Output(said.replace("\r\n", "\n"), ""))
          : new NotStarted("%s did not say how %s ended".formatted(engine, command.getFirst()));
    } catch (IOException e) {
      return new NotStarted(
          "%s in container %s: %s".formatted(command.getFirst(), name, e.getMessage()));
    }
  }

  /** Kills a program that is run in it, with all that it has started. */
  private void kill(String exec) throws InterruptedException {
    try (HttpCalls calls = HttpCalls.to(engine)) {
      JsonNode state = json(expect(calls.get("/exec/" + exec + "/json", LAST, LARGEST), 200));
      long pid = state.path("Pid").asLong(0);
      if (state.path("Running").asBoolean(false)
          && pid > 0
          && isOf(state.path("ContainerID").asString(""), pid)) {
        ProcessHandle.of(pid).ifPresent(Programs::killTree);
      }
    } catch (IOException e) {
      LOG.debug("cannot end a program in container {}", name, e);
    }
  }

  /** Whether a process of this machine is one of a container: a number may be anybody's. */
  private static boolean isOf(String container, long pid) throws IOException {
    Path groups = Path.of("/proc", Long.toString(pid), "cgroup");
    return container.matches("[0-9a-f]{64}")
        && Files.exists(groups)
        && Files.readString(groups).contains(container);
  }

  private String create(HttpCalls calls, List<String> command)
      throws IOException, InterruptedException {
    String body =
        MAPPER.writeValueAsString(
            Map.of("AttachStdout", true, "AttachStderr", true, "Tty", true, "Cmd", command));
    HttpQuestion question = HttpQuestion.post("/containers/" + name + "/exec", body);
    return json(expect(calls.ask(question, ANSWER, LARGEST), 201)).path("Id").asString("");
  }

  private String expect(HttpAnswer answer, int status) throws IOException {
    if (answer.status() == status) {
      return answer.body();
    }
    String message = answer.body().strip();
    try {
      message = json(answer.body()).path("message").asString(message);
    } catch (IOException noJson) {
      // as it is
    }
    throw new IOException("%s: status %d, %s".formatted(engine, answer.status(), message));
  }

  private static JsonNode json(String body) throws IOException {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new IOException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}

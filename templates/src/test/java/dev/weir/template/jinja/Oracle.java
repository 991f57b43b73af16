package dev.weir.template.jinja;

import dev.weir.testkit.real.Server;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The real Jinja2 in a process of its own. */
final class Oracle implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private Oracle(Process process) {
    this.process = process;
    this.questions = process.outputWriter();
    this.answers = process.inputReader();
  }

  /** Starts it in a folder of the test's own. */
  static Oracle start(Path folder) throws IOException {
    Path program = folder.resolve("oracle.py");
    try (InputStream written = Oracle.class.getResourceAsStream("oracle.py")) {
      if (written == null) {
        throw new IllegalStateException("oracle.py is not among the test's resources");
      }
      Files.write(program, written.readAllBytes());
    }
    return new Oracle(
        new ProcessBuilder(Server.PYTHON_JINJA.path().toString(), program.toString())
            .redirectError(folder.resolve("oracle.log").toFile())
            .start());
  }

  Answer ask(Question question) throws IOException {
    JsonNode answer = exchange(JSON.writeValueAsString(question.wire()));
    return answer.has("output")
        ? new Answer.Output(answer.get("output").asString())
        : new Answer.Mistake(
            answer.get("error").asString(),
            answer.get("line").asInt(),
            0,
            answer.get("message").asString());
  }

  private JsonNode exchange(String question) throws IOException {
    questions.write(question);
    questions.newLine();
    questions.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the real engine has ended at: " + question);
    }
    return JSON.readTree(answer);
  }

  @Override
  public void close() throws IOException {
    questions.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        var _ = process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      var _ = process.destroyForcibly();
    }
  }
}

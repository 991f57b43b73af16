package dev.weir.template.go;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.template.Source;
import dev.weir.template.Text;
import dev.weir.testkit.real.Server;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Go's own {@code text/template}: a small program, built once and asked over its pipes. */
final class GoOracle implements AutoCloseable {
  private static final long BUILD_SECONDS = 110;

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private GoOracle(Process process) {
    this.process = process;
    this.questions =
        new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8), 1 << 16);
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Builds the program below the module's target folder, apart from other JVMs, and starts it. */
  static GoOracle start() throws IOException, InterruptedException {
    String process = Long.toString(ProcessHandle.current().pid());
    Path all = Path.of("target", "go-oracle").toAbsolutePath();
    Path folder = Files.createDirectories(all.resolve(process));
    Path source = folder.resolve("main.go");
    try (var stream = GoOracle.class.getResourceAsStream("oracle/main.go")) {
      if (stream == null) {
        throw new IllegalStateException("oracle/main.go is no resource");
      }
      Files.copy(stream, source, StandardCopyOption.REPLACE_EXISTING);
    }
    build(folder, all.resolve("cache"));
    Process oracle =
        new ProcessBuilder(folder.resolve("oracle").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new GoOracle(oracle);
  }

  private static void build(Path folder, Path cache) throws IOException, InterruptedException {
    Path log = folder.resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder(Server.GO.path().toString(), "build", "-o", "oracle", "main.go")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("GOCACHE", cache.toString());
    builder.environment().put("GO111MODULE", "off");
    Process build = builder.start();
    if (!build.waitFor(BUILD_SECONDS, TimeUnit.SECONDS)) {
      build.destroyForcibly();
      throw new IllegalStateException("go build took more than " + BUILD_SECONDS + " s");
    }
    if (build.exitValue() != 0) {
      throw new IllegalStateException("go build failed: " + Files.readString(log));
    }
  }

  /** What the real engine makes of a case. */
  GoCase.Result ask(GoCase asked) {
    JsonNode answer = answer(question(asked));
    Text output = decoded(answer.get("out"));
    JsonNode error = answer.get("error");
    return new GoCase.Result(output, error.isNull() ? null : decoded(error));
  }

  private static Text decoded(JsonNode node) {
    return Text.of(Base64.getDecoder().decode(node.asString()));
  }

  private static ObjectNode question(GoCase asked) {
    ObjectNode question = GoCase.JSON.createObjectNode();
    ArrayNode files = question.putArray("files");
    for (Source source : asked.files()) {
      files
          .addObject()
          .put("name", source.name())
          .put("text", Base64.getEncoder().encodeToString(source.text().toBytes()));
    }
    question.set("data", asked.data());
    question.put("missingkey", asked.missingKey());
    return question;
  }

  private JsonNode answer(ObjectNode question) {
    try {
      questions.write(question.toString());
      questions.newLine();
      questions.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the real engine ended over " + question);
      }
      return GoCase.JSON.readTree(line);
    } catch (IOException broken) {
      throw new UncheckedIOException("the real engine ended over " + question, broken);
    }
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.destroy();
  }
}

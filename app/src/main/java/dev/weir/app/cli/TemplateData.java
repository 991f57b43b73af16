package dev.weir.app.cli;

import dev.weir.template.Value;
import dev.weir.template.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads what a template sees: YAML 1.2, of which JSON is a part. */
final class TemplateData {

  /** No data at all. */
  static final Value NONE = Values.of(Map.of());

  private static final int LARGEST = 64 * 1024 * 1024;

  private TemplateData() {}

  /**
   * Reads a file.
   *
   * @param file relative to the folder
   * @throws CommandFailed with file, line and column where the text is not one document
   */
  static Value read(Path folder, Path file) throws CommandFailed {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setSchema(new CoreSchema())
            .setCodePointLimit(LARGEST)
            .build();
    try {
      return Values.of(new Load(settings).loadFromString(Files.readString(folder.resolve(file))));
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.FAILED, file + " cannot be read: " + unreadable);
    } catch (MarkedYamlEngineException wrong) {
      throw new CommandFailed(ExitCode.USAGE, place(file, wrong.getProblemMark()) + problem(wrong));
    } catch (YamlEngineException | IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, file + ": " + wrong.getMessage());
    }
  }

  private static String place(Path file, Optional<Mark> mark) {
    return mark.map(at -> "%s:%d:%d: ".formatted(file, at.getLine() + 1, at.getColumn() + 1))
        .orElse(file + ": ");
  }

  private static String problem(MarkedYamlEngineException wrong) {
    return wrong.getProblem() + " (expected: JSON or YAML)";
  }
}

package dev.weir.rendered;

import dev.weir.spi.Shape;
import dev.weir.template.Functions;
import dev.weir.template.Source;
import dev.weir.template.Template;
import dev.weir.template.TemplateException;
import dev.weir.template.go.GoOptions;
import dev.weir.template.go.GoTemplate;
import dev.weir.template.go.MissingKey;
import dev.weir.template.jinja.JinjaOptions;
import dev.weir.template.jinja.JinjaTemplate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A template on disk, in the language that its name ends in. A misspelt name is an error in both
 * languages: that a server is missing for one would be found out by clients. Only a label that a
 * member has not is nothing in Go, which has no short word for asking whether it is there. Used by
 * one thread.
 */
public final class TemplateFile {

  private static final String GO = ".tmpl";
  private static final String JINJA = ".j2";

  /** How the file of a template is written. */
  public static final Shape<Path> SHAPE =
      Shape.scalar("an absolute path that ends in .tmpl (Go) or .j2 (Jinja2)", TemplateFile::path);

  private final Path path;
  private @Nullable String parsedText;
  private @Nullable Template parsed;

  /**
   * @throws IllegalArgumentException for a name that ends in no language
   */
  public TemplateFile(Path path) {
    this.path = path(path.toString());
  }

  private static Path path(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path");
    }
    if (!text.endsWith(GO) && !text.endsWith(JINJA)) {
      throw new IllegalArgumentException("a name without a template language");
    }
    return Path.of(text);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What stands in it; absent where it cannot be read, or is no UTF-8. */
  public Optional<String> read() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Changes whenever the file does. */
  public String stamp() {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return "%s:%s:%d:%d"
          .formatted(
              path,
              found.fileKey(),
              found.size(),
              found.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    } catch (IOException gone) {
      return path + ":gone";
    }
  }

  /**
   * The template of a text; that of the last one is remembered.
   *
   * @throws TemplateException for a text that is none
   */
  Template parse(String text) throws TemplateException {
    Template known = parsed;
    if (known == null || !text.equals(parsedText)) {
      known = parse(Source.of(path.toString(), text));
      parsed = known;
      parsedText = text;
    }
    return known;
  }

  private Template parse(Source source) throws TemplateException {
    return source.name().endsWith(GO)
        ? GoTemplate.parse(source, new GoOptions(Functions.NONE, MissingKey.ZERO))
        : JinjaTemplate.parse(
            source, JinjaOptions.DEFAULT.withUndefined(JinjaOptions.Undefined.STRICT));
  }
}

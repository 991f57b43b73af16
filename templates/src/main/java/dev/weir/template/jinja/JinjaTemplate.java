package dev.weir.template.jinja;

import dev.weir.template.Execution;
import dev.weir.template.MapValue;
import dev.weir.template.RecordValue;
import dev.weir.template.Source;
import dev.weir.template.Template;
import dev.weir.template.TemplateException;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library;
import dev.weir.template.jinja.run.Run;
import dev.weir.template.jinja.syntax.Parser;
import dev.weir.template.jinja.value.Exhausted;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Undefined;

/** A template in the language of Jinja2 3.1: one file, without loading others. */
public final class JinjaTemplate implements Template {

  private final Source source;
  private final Run run;

  private JinjaTemplate(Source source, Run run) {
    this.source = source;
    this.run = run;
  }

  /** Parses a template with the options of Jinja2 itself. */
  public static JinjaTemplate parse(Source source) throws TemplateException {
    return parse(source, JinjaOptions.DEFAULT);
  }

  /**
   * Parses a template.
   *
   * @throws TemplateException when the text is not a template, or uses a tag, filter or test that
   *     does not exist
   */
  public static JinjaTemplate parse(Source source, JinjaOptions options) throws TemplateException {
    Source text = Parser.normalized(source);
    Library library = new Library(options.functions());
    var statements = Parser.parse(text, options.trim(), library::hasFilter, library::hasTest);
    return new JinjaTemplate(text, new Run(text, statements, library, mode(options)));
  }

  private static Undefined.Mode mode(JinjaOptions options) {
    return switch (options.undefined()) {
      case DEFAULT -> Undefined.Mode.DEFAULT;
      case STRICT -> Undefined.Mode.STRICT;
    };
  }

  @Override
  public String name() {
    return source.name();
  }

  /**
   * Renders it.
   *
   * @param data a map from names to values, or a record, whose entries are the variables
   */
  @Override
  public void render(Value data, Execution execution) throws TemplateException {
    if (!(data instanceof MapValue || data instanceof RecordValue)) {
      throw error(
          TemplateException.Kind.EXECUTION, 0, "the data are no map (expected: names and values)");
    }
    try {
      run.once(data, execution);
    } catch (Failure failure) {
      throw error(TemplateException.Kind.EXECUTION, failure.at(), "" + failure.getMessage());
    } catch (Exhausted limit) {
      throw error(TemplateException.Kind.LIMIT, limit.at(), "" + limit.getMessage());
    } catch (StackOverflowError _) {
      throw error(TemplateException.Kind.LIMIT, 0, "nested deeper than this thread can go");
    }
  }

  private TemplateException error(TemplateException.Kind kind, int at, String message) {
    return new TemplateException(kind, source, source.placeOfChar(at), message);
  }
}

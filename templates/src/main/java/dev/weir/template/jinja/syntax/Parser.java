package dev.weir.template.jinja.syntax;

import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** From text to tree. */
public final class Parser {

  private Parser() {}

  /** A template with line ends as the parser knows them: offsets in its tree count in it. */
  public static Source normalized(Source written) {
    String text = written.text().toString();
    return text.indexOf('\r') < 0
        ? written
        : Source.of(written.name(), text.replace("\r\n", "\n").replace('\r', '\n'));
  }

  /**
   * The statements of a template.
   *
   * @param source as {@link #normalized} gives it
   * @param filters whether there is a filter of a name
   * @param tests whether there is a test of a name
   */
  public static List<Stmt> parse(
      Source source, Set<Trim> trim, Predicate<String> filters, Predicate<String> tests)
      throws TemplateException {
    List<Stmt> statements = new Statements(new Tokens(source, trim)).template();
    new Checks(source, new Checks.Vocabulary(filters, tests)).all(statements);
    return statements;
  }
}

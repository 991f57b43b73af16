package dev.weir.app.cli;

import dev.weir.template.Functions;
import dev.weir.template.Limits;
import dev.weir.template.Source;
import dev.weir.template.Template;
import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.go.GoOptions;
import dev.weir.template.go.GoTemplate;
import dev.weir.template.go.MissingKey;
import dev.weir.template.jinja.JinjaOptions;
import dev.weir.template.jinja.JinjaOptions.Undefined;
import dev.weir.template.jinja.JinjaTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir template}. */
@Command(
    name = "template",
    description = {
      "Renders one template to standard output: FILE.tmpl as Go's text/template, FILE.j2 as Jinja2."
    },
    footer = {
      "",
      "Exit code: 0 rendered, 1 the data do not fit or a file cannot be read, 2 the text is no",
      "template or no data. Nothing is printed then but what is wrong, with file, line and column.",
      "",
      "Example:",
      "  weir template haproxy.cfg.j2 --data pools.yaml --strict"
    })
final class TemplateCommand implements Callable<Integer> {

  private final Shell shell;

  @Parameters(paramLabel = "FILE", description = "The template.")
  private Path file = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "What the template sees, as JSON or YAML. Nothing, where it is left out.")
  private @Nullable Path data;

  @Option(
      names = "--strict",
      description =
          "A name that leads to nothing is an error. Else it prints as the language says.")
  private boolean strict;

  TemplateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailed {
    Path given = data;
    Value values = given == null ? TemplateData.NONE : TemplateData.read(shell.folder(), given);
    try {
      Text text = parsed().render(values, Limits.DEFAULT);
      shell.out().print(text);
      shell.out().flush();
      return ExitCode.DONE.code();
    } catch (TemplateException wrong) {
      wrong.describe().lines().forEach(line -> shell.err().println(shown(line)));
      boolean syntax = wrong.kind() == TemplateException.Kind.SYNTAX;
      return (syntax ? ExitCode.USAGE : ExitCode.FAILED).code();
    }
  }

  /** Tabs stay: the caret stands below the column only if its line has them too. */
  private static String shown(String line) {
    return Arrays.stream(line.split("\t", -1))
        .map(Terminal::safe)
        .collect(Collectors.joining("\t"));
  }

  private Template parsed() throws CommandFailed, TemplateException {
    String name = file.toString();
    if (name.endsWith(".tmpl")) {
      MissingKey missing = strict ? MissingKey.ERROR : MissingKey.DEFAULT;
      return GoTemplate.parse(source(), new GoOptions(Functions.NONE, missing));
    }
    if (name.endsWith(".j2")) {
      Undefined undefined = strict ? Undefined.STRICT : Undefined.DEFAULT;
      return JinjaTemplate.parse(source(), JinjaOptions.DEFAULT.withUndefined(undefined));
    }
    throw new CommandFailed(
        ExitCode.USAGE,
        name + ": unknown language (expected: .tmpl for Go's text/template, .j2 for Jinja2)");
  }

  private Source source() throws CommandFailed {
    try {
      return new Source(file.toString(), Text.of(Files.readAllBytes(shell.folder().resolve(file))));
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.FAILED, file + " cannot be read: " + unreadable);
    }
  }
}

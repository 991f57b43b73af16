package dev.weir.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A manual page of one command, made from what its help says, in the language of {@code man}. */
final class ManPage {

  private final CommandSpec spec;
  private final Help help;
  private final String name;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandLine command) {
    this.spec = command.getCommandSpec();
    this.help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    this.name = spec.qualifiedName("-");
  }

  /** The whole page. */
  static String of(CommandLine command) {
    ManPage page = new ManPage(command);
    page.head();
    page.arguments();
    page.commands();
    page.tail();
    return page.page.toString();
  }

  private void head() {
    UsageMessageSpec usage = spec.usageMessage();
    line(".TH \"%s\" 1 \"\" \"Weir\" \"Weir\"".formatted(name.toUpperCase(Locale.ROOT)));
    section("NAME");
    text("%s - %s".formatted(name, sentence(usage.description())));
    section("SYNOPSIS");
    text(help.synopsis(0).strip().replaceAll("\\s+", " "));
    section("DESCRIPTION");
    paragraphs(usage.description());
  }

  private void arguments() {
    section("OPTIONS");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      entry(parameter.paramLabel(), described(parameter));
    }
    for (OptionSpec option : spec.options()) {
      String names = String.join(", ", option.names());
      String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      entry(names + value, described(option));
    }
  }

  private void commands() {
    if (spec.subcommands().isEmpty()) {
      return;
    }
    section("COMMANDS");
    for (Map.Entry<String, CommandLine> command : spec.subcommands().entrySet()) {
      CommandSpec below = command.getValue().getCommandSpec();
      entry(command.getKey(), sentence(below.usageMessage().description()));
    }
  }

  private void tail() {
    section("EXIT STATUS");
    Map<String, String> codes = spec.root().usageMessage().exitCodeList();
    codes.forEach((code, meaning) -> entry(code, meaning));
    section("ENVIRONMENT");
    entry("WEIR_SERVER", "Where Weir listens; several with commas.");
    entry("WEIR_TOKEN", "The token that is shown to Weir.");
    entry("NO_COLOR", "No colours where it is not empty.");
    example(List.of(spec.usageMessage().footer()));
    section("SEE ALSO");
    text(
        spec.parent() == null
            ? spec.subcommands().keySet().stream()
                .map(below -> "weir-%s(1)".formatted(below))
                .collect(Collectors.joining(", "))
            : "weir(1)");
  }

  /** The lines below a help: as they are, since most are examples. */
  private void example(List<String> footer) {
    if (footer.isEmpty()) {
      return;
    }
    section("NOTES");
    line(".nf");
    footer.forEach(one -> line(escaped(one.replace("$$", "$"))));
    line(".fi");
  }

  private static String described(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static String sentence(String[] description) {
    String first = description.length == 0 ? "" : description[0];
    return first.replaceFirst("\\.$", "");
  }

  private void paragraphs(String[] description) {
    for (String one : description) {
      if (one.isEmpty()) {
        line(".PP");
      } else {
        text(one);
      }
    }
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void entry(String what, String description) {
    line(".TP");
    line(".B " + escaped(what));
    text(description);
  }

  private void text(String text) {
    line(escaped(text.replace("$$", "$")));
  }

  /** A line that begins with a dot or a quote would be a command of its own. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}

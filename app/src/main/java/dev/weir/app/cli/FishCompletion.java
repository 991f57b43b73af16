package dev.weir.app.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What fish completes: commands, their options, and words where only some will do. */
final class FishCompletion {

  private static final String BEGIN = "complete -c weir";

  private final StringBuilder text = new StringBuilder();

  private FishCompletion() {}

  static String of(CommandLine weir) {
    FishCompletion fish = new FishCompletion();
    fish.line("-f");
    for (Map.Entry<String, CommandLine> command : weir.getSubcommands().entrySet()) {
      fish.command(command.getKey(), command.getValue().getCommandSpec());
    }
    return fish.text.toString();
  }

  private void command(String name, CommandSpec spec) {
    line(
        "-n __fish_use_subcommand -a %s -d %s"
            .formatted(name, quoted(first(spec.usageMessage().description()))));
    String within = "-n '__fish_seen_subcommand_from %s' ".formatted(name);
    for (OptionSpec option : spec.options()) {
      line(within + option(option));
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (!candidates(parameter).isEmpty()) {
        line(within + "-a " + quoted(candidates(parameter)));
      }
    }
    spec.subcommands()
        .forEach((below, command) ->
            line(
                within
                    + "-a %s -d %s"
                        .formatted(
                            below,
                            quoted(first(command.getCommandSpec().usageMessage().description())))));
  }

  private static String option(OptionSpec option) {
    String names =
        List.of(option.names()).stream()
            .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.charAt(1))
            .collect(Collectors.joining(" "));
    String words = candidates(option);
    String value =
        option.arity().max() == 0 ? "" : words.isEmpty() ? " -rF" : " -x -a " + quoted(words);
    return names + value + " -d " + quoted(first(option.description()));
  }

  private static String candidates(ArgSpec argument) {
    Iterable<String> words = argument.completionCandidates();
    return words == null
        ? ""
        : StreamSupport.stream(words.spliterator(), false).collect(Collectors.joining(" "));
  }

  /** The first sentence is enough beside a word. */
  private static String first(String[] description) {
    String whole = description.length == 0 ? "" : description[0];
    return whole.replaceFirst("(?s)(?<=[a-z)])[.;:] .*", "").replaceFirst("\\.$", "");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void line(String rest) {
    text.append(BEGIN).append(' ').append(rest).append('\n');
  }
}

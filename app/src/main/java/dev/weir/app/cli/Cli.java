package dev.weir.app.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: all commands under {@code weir}. */
public final class Cli {

  /** The commands that ask a running Weir, in the order of the help. */
  private static final List<String> CLIENTS =
      List.of(
          "status",
          "pools",
          "members",
          "proxies",
          "sources",
          "explain",
          "events",
          "add",
          "remove",
          "enable",
          "disable",
          "drain",
          "weight",
          "release",
          "sync",
          "overrides",
          "clear",
          "pause",
          "resume",
          "history",
          "token",
          "show",
          "diff",
          "rollback",
          "jobs",
          "reload",
          "split",
          "wait",
          "log-level",
          "probe",
          "report");

  private Cli() {}

  /** All commands, ready to execute. */
  public static CommandLine of(Program program) {
    return of(program, Shell.ofProcess());
  }

  /** All commands, ready to execute in a shell. */
  public static CommandLine of(Program program, Shell shell) {
    CommandLine weir = new CommandLine(new Weir());
    var _ =
        weir.addSubcommand(new RunCommand(program))
            .addSubcommand(new CheckCommand(program, shell))
            .addSubcommand(new PlanCommand(program, shell))
            .addSubcommand(ImportCommand.of(shell))
            .addSubcommand(new TemplateCommand(shell));
    CLIENTS.forEach(name -> add(weir, ask(name, shell)));
    add(weir, new CompletionCommand(shell));
    add(weir, new ManCommand(shell));
    return ready(weir, shell);
  }

  /** Whether a command asks a running Weir, and needs nothing else of the program. */
  public static boolean isClient(String command) {
    return CLIENTS.contains(command);
  }

  /** One command that asks a running Weir, and nothing else, so that it starts quickly. */
  public static CommandLine client(String command, Shell shell) {
    CommandLine weir = new CommandLine(new Weir());
    add(weir, ask(command, shell));
    return ready(weir, shell);
  }

  private static CommandLine ready(CommandLine weir, Shell shell) {
    var _ = weir.addMixin("help", new HelpOption());
    weir.getSubcommands().values().forEach(command -> help(command));
    boolean plain = shell.terminal().colour() == Terminal.Colour.NEVER;
    return weir.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(parsed -> execute(parsed, shell))
        .setOut(shell.out())
        .setErr(shell.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(plain ? Ansi.OFF : Ansi.ON))
        .setUsageHelpWidth(Math.clamp(shell.terminal().width().orElse(100), 60, 120))
        .setParameterExceptionHandler((e, args) -> flushed(shell, misused(shell, e)))
        .setExecutionExceptionHandler((e, command, result) -> flushed(shell, failed(shell, e)));
  }

  private static int execute(ParseResult parsed, Shell shell) {
    return flushed(shell, new RunLast().execute(parsed));
  }

  /** What was printed without an end of line is still in the writers when a command ends. */
  private static int flushed(Shell shell, int code) {
    shell.out().flush();
    shell.err().flush();
    return code;
  }

  private static void add(CommandLine weir, Object command) {
    var _ = weir.addSubcommand(command);
  }

  private static void help(CommandLine command) {
    var _ = command.addMixin("help", new HelpOption());
  }

  private static int misused(Shell shell, ParameterException e) {
    Optional<UnmatchedArgumentException> unmatched =
        Optional.of(e)
            .filter(UnmatchedArgumentException.class::isInstance)
            .map(UnmatchedArgumentException.class::cast);
    String what =
        unmatched
            .filter(unknown -> e.getCommandLine().getParent() == null)
            .map(unknown -> "unknown command: " + unknown.getUnmatched().getFirst())
            .orElse(String.valueOf(e.getMessage()));
    shell.err().println("weir: " + Terminal.safe(what));
    List<String> nearest =
        unmatched.map(UnmatchedArgumentException::getSuggestions).orElse(List.of());
    if (!nearest.isEmpty()) {
      shell.err().println("did you mean %s?".formatted(String.join(" or ", nearest)));
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    shell.err().println("%s --help shows how".formatted(command));
    return ExitCode.USAGE.code();
  }

  private static int failed(Shell shell, Exception e) throws Exception {
    if (!(e instanceof CommandFailed failed)) {
      throw e;
    }
    failed.tell(shell.err(), "");
    return failed.exitCode().code();
  }

  /** Not a table of constructors: linking all of them would take longer than any one command. */
  private static Object ask(String command, Shell shell) {
    return switch (command) {
      case "status" -> new StatusCommand(shell);
      case "pools" -> new PoolsCommand(shell);
      case "members" -> new MembersCommand(shell);
      case "proxies" -> new ProxiesCommand(shell);
      case "sources" -> new SourcesCommand(shell);
      case "explain" -> new ExplainCommand(shell);
      case "events" -> new EventsCommand(shell);
      case "add" -> new AddCommand(shell);
      case "remove" -> new RemoveCommand(shell);
      case "enable" -> new EnableCommand(shell);
      case "disable" -> new DisableCommand(shell);
      case "drain" -> new DrainCommand(shell);
      case "weight" -> new WeightCommand(shell);
      case "release" -> new ReleaseCommand(shell);
      case "sync" -> new SyncCommand(shell);
      case "overrides" -> new OverridesCommand(shell);
      case "pause" -> new PauseCommand(shell);
      case "resume" -> new ResumeCommand(shell);
      case "history" -> new HistoryCommand(shell);
      case "show" -> new ShowCommand(shell);
      case "diff" -> new DiffCommand(shell);
      case "rollback" -> new RollbackCommand(shell);
      case "jobs" -> new JobsCommand(shell);
      case "reload" -> new ReloadCommand(shell);
      case "split" -> new SplitCommand(shell);
      case "token" -> new TokenCommand(shell);
      case "wait" -> new WaitCommand(shell);
      case "log-level" -> new LogLevelCommand(shell);
      case "probe" -> new ProbeCommand(shell);
      case "report" -> new ReportCommand(shell);
      case "clear" -> new ClearCommand(shell);
      default ->
          throw new IllegalArgumentException(
              "command: %s (expected: one of %s)".formatted(command, CLIENTS));
    };
  }

  /** {@code weir} alone. */
  @Command(
      name = "weir",
      description = "Keeps the upstream servers of nginx and HAProxy in step with what runs.",
      synopsisSubcommandLabel = "COMMAND",
      commandListHeading = "%nCommands:%n",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:done",
        "1:failed",
        "2:wrong usage or configuration",
        "3:what was compared differs",
        "4:refused",
        "5:timed out waiting",
        "6:no answer from Weir"
      },
      footer = {"", "weir COMMAND --help shows more, with an example."})
  private static final class Weir implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "Which command?");
    }
  }
}

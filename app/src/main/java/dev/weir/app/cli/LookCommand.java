package dev.weir.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that shows how things are, once, or again and again in the same place. */
abstract class LookCommand extends ClientCommand {

  @Mixin WatchOptions watching = new WatchOptions();

  private @Nullable Shell frame; // what is printed goes there while it is watched

  LookCommand(Shell shell) {
    super(shell);
  }

  @Override
  Shell shell() {
    return frame == null ? super.shell() : frame;
  }

  @Override
  public Integer call() throws CommandFailed {
    return watching.watch ? watch().code() : super.call();
  }

  private ExitCode watch() throws CommandFailed {
    Shell outside = super.shell();
    Duration pause = watching.pause();
    List<ApiClient> clients = server.clients(outside);
    Screen screen = new Screen(outside);
    ExitCode last = ExitCode.DONE;
    while (screen.isThere()) {
      StringWriter text = new StringWriter();
      PrintWriter writer = new PrintWriter(text);
      frame =
          new Shell(outside.environment(), outside.folder(), outside.terminal(), writer, writer);
      last = clients.size() == 1 ? runAny(clients.getFirst()) : runAll(clients);
      writer.flush();
      screen.show(text.toString());
      Nap.of(pause);
    }
    return last;
  }
}

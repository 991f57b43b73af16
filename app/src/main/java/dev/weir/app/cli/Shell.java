package dev.weir.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment the variables
 * @param folder relative paths start here
 */
public record Shell(
    Map<String, String> environment,
    Path folder,
    Terminal terminal,
    PrintWriter out,
    PrintWriter err) {

  public Shell {
    environment = Map.copyOf(environment);
  }

  /** That of this process. */
  public static Shell ofProcess() {
    Map<String, String> environment = System.getenv();
    Terminal terminal = Terminal.ofProcess(environment);
    Charset charset = charset(terminal);
    return new Shell(
        environment,
        Path.of(""),
        terminal,
        writer(FileDescriptor.out, charset),
        writer(FileDescriptor.err, charset));
  }

  private static PrintWriter writer(FileDescriptor descriptor, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), charset), true);
  }

  /** What the terminal shows; files and pipes are UTF-8. */
  private static Charset charset(Terminal terminal) {
    return terminal.equals(Terminal.NONE)
        ? StandardCharsets.UTF_8
        : Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));
  }
}

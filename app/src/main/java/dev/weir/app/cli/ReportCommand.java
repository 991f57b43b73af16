package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = {
      "Writes all that a report of a fault needs into one archive, without secrets.",
      "",
      "Configuration, status, plans, the last 1,000 events, versions of the proxies, metrics and"
          + " what the threads do. Secrets that the configuration refers to are hidden wherever"
          + " they stand, and so is what looks like one; names and addresses of members are not."
    },
    footer = {"", "Example:", "  weir report"})
final class ReportCommand extends ClientCommand {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'weir-report-'uuuuMMdd-HHmmss'.tar.gz'")
          .withZone(ZoneOffset.UTC);

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to. Default: weir-report-TIME.tar.gz in this folder.")
  @Nullable Path file;

  ReportCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run(ApiClient client) throws CommandFailed {
    List<JsonObject> files;
    try (Progress _ = Progress.show(shell(), output, "gathering")) {
      files = client.get("/v1/report").objects("files");
    }
    Instant now = Instant.now();
    Path target = shell().folder().resolve(named(file == null ? Path.of(NAME.format(now)) : file));
    write(target, files, now);
    JsonObject told = new JsonObject().with("file", target).with("files", files.size());
    output.print(
        shell(),
        told,
        people ->
            people
                .out()
                .println("%s has %d files, without secrets".formatted(target, files.size())));
    return ExitCode.DONE;
  }

  /** Several servers have a file each. */
  private static Path named(Path chosen) {
    if (!OutputOptions.SERVER.isBound()) {
      return chosen;
    }
    String server = OutputOptions.SERVER.get().replaceAll("[^A-Za-z0-9.]+", "-");
    return chosen.resolveSibling(server + "-" + chosen.getFileName());
  }

  private static void write(Path target, List<JsonObject> files, Instant now) throws CommandFailed {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (OutputStream out =
            Channels.newOutputStream(
                Files.newByteChannel(
                    target,
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------"))));
        TarFile tar = new TarFile(new GZIPOutputStream(out), now)) {
      for (JsonObject one : files) {
        tar.add("weir-report/" + one.text("name").orElse(""), one.text("text").orElse(""));
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(
          ExitCode.FAILED, target + " is there already", Optional.of("name another file"));
    } catch (IOException e) {
      remove(target);
      throw new CommandFailed(ExitCode.FAILED, "cannot write %s: %s".formatted(target, e));
    }
  }

  /** Half an archive would only be taken for a whole one. */
  private static void remove(Path target) {
    try {
      var _ = Files.deleteIfExists(target);
    } catch (IOException ignored) {
      // the failure that led here says more
    }
  }
}

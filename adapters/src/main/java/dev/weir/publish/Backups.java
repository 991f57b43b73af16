package dev.weir.publish;

import dev.weir.spi.BackupPolicy;
import dev.weir.spi.BackupPolicy.Names;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions that a published file had before, kept for people. In its own folder they are hidden
 * links to the bytes, {@code .NAME.weir-backup.MILLIS}, which no usual include finds; in a folder
 * for backups {@code NAME.20300102T030405.678Z}, or milliseconds alone.
 *
 * <p>Keeping one never fails what it belongs to: where it cannot be kept, that is logged. Used by
 * one thread; several may share a folder.
 */
public final class Backups {

  /** Keeps nothing. */
  public static final Backups NONE = new Backups(BackupPolicy.NONE, () -> Instant.EPOCH);

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final BackupPolicy policy;
  private final Supplier<Instant> clock;

  /** The failure that was told last, so that it is told once. */
  private String told = "";

  public Backups(BackupPolicy policy, Supplier<Instant> clock) {
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Keeps a version.
   *
   * @param previous the bytes
   * @param target the file that had them
   */
  void keep(Path previous, Path target) {
    if (policy.keep() == 0) {
      return;
    }
    try {
      if (policy.folder().isPresent()) {
        Files.createDirectories(policy.folder().get());
      }
      if (Files.size(previous) > 0) {
        add(previous, target);
      }
      prune(target);
      told = "";
    } catch (IOException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(told)) {
        LOG.warn("{}: its former version is not kept: {}", target, problem);
      }
      told = problem;
    }
  }

  /** Never before one that is there: of two in a millisecond the later one is the newer. */
  private void add(Path previous, Path target) throws IOException {
    Instant now = clock.get().truncatedTo(ChronoUnit.MILLIS);
    Instant at =
        versions(target).stream()
            .findFirst()
            .map(newest -> newest.at().plusMillis(1))
            .filter(now::isBefore)
            .orElse(now);
    linkOrCopy(previous, named(target, at));
  }

  private Path named(Path target, Instant at) {
    if (policy.folder().isEmpty()) {
      return Beside.named(target, "backup." + at.toEpochMilli());
    }
    String name =
        policy.names() == Names.MILLIS
            ? Long.toString(at.toEpochMilli())
            : target.getFileName() + "." + TIME.format(at);
    return policy.folder().get().resolve(name);
  }

  private static void linkOrCopy(Path previous, Path backup) throws IOException {
    try {
      Files.createLink(backup, previous);
    } catch (UnsupportedOperationException | FileSystemException elsewhere) {
      Path staged = backup.resolveSibling("." + backup.getFileName() + ".weir-copy");
      Files.copy(
          previous,
          staged,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(staged, backup, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Deletes what is too old, too many or too much. */
  private void prune(Path target) throws IOException {
    Instant oldest = clock.get().minus(policy.age());
    int count = 0;
    long bytes = 0;
    for (Version version : versions(target)) {
      long size = Files.size(version.file());
      boolean fits =
          count < policy.keep() && bytes + size <= policy.bytes() && !version.at().isBefore(oldest);
      if (fits) {
        count++;
        bytes += size;
      } else {
        Files.deleteIfExists(version.file());
      }
    }
  }

  private record Version(Path file, Instant at) {}

  /** The newest first. */
  private List<Version> versions(Path target) throws IOException {
    Path folder = named(target, Instant.EPOCH).getParent();
    List<Version> versions = new ArrayList<>();
    if (folder == null) {
      return versions;
    }
    Pattern name = names(target);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String text = String.valueOf(file.getFileName());
        if (name.matcher(text).matches()) {
          versions.add(new Version(file, at(text)));
        }
      }
    }
    versions.sort(Comparator.comparing(Version::at).reversed());
    return versions;
  }

  private Pattern names(Path target) {
    String file = Pattern.quote(String.valueOf(target.getFileName()));
    if (policy.folder().isEmpty()) {
      return Pattern.compile("\\." + file + "\\.weir-backup\\.[0-9]{1,15}");
    }
    return policy.names() == Names.MILLIS
        ? Pattern.compile("[0-9]{12,15}")
        : Pattern.compile(file + "\\.[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z");
  }

  private Instant at(String name) {
    if (policy.folder().isPresent() && policy.names() == Names.TIME) {
      String time = name.substring(name.length() - "20300102T030405.678Z".length());
      return TIME.parse(time, Instant::from);
    }
    return Instant.ofEpochMilli(Long.parseLong(name.substring(name.lastIndexOf('.') + 1)));
  }
}

package dev.weir.source.exec;

import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A folder with a script that prints members. */
final class ExecWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "exec"), Time.SYSTEM);

  private final Path folder;
  private final Path script;

  ExecWorld(Path folder) {
    this.folder = folder;
    this.script = folder.resolve("members");
  }

  @Override
  public Source source() {
    return source(Duration.ofMillis(700));
  }

  Source source(Duration timeout) {
    Pace hasty = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));
    Invocation invocation =
        new Invocation(List.of(script.toString()), Duration.ofMillis(20), timeout);
    return new ExecSourceType(hasty).open(invocation, CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException {
    write("cat <<'END'\n" + list(names) + "\nEND");
  }

  private static String list(List<String> names) {
    return names.stream()
        .map(name -> "{\"address\": \"%s\", \"name\": \"%s\"}".formatted(address(name), name))
        .collect(Collectors.joining(",\n", "[", "]"));
  }

  private static String address(String name) {
    return "10.0.0." + (int) name.charAt(0) + ":80";
  }

  /** Puts a script in place of the former in one step. */
  void write(String body) throws IOException {
    Path staged = Files.writeString(folder.resolve(".staged"), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rwx------"));
    Files.move(staged, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void fail(Fault fault) throws IOException {
    switch (fault) {
      case GONE -> Files.delete(script);
      case SILENT -> write("sleep 60 & wait");
      case HALF -> write("printf '[{\"address\": \"10.0.0.1:80\"}, {\"addr'; exit 1");
      case NONSENSE -> write("printf '\\000\\377\\n'");
      case NOTHING -> write("exit 0");
    }
  }

  @Override
  public void stir() throws IOException {
    Files.writeString(folder.resolve("other"), "something else");
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("a command has no index");
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of(Ability.REWIND, "a command has no index");
  }

  @Override
  public void close() {
    // the folder belongs to the test
  }
}

package dev.weir.source.file;

import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A folder with a file of members, written in one of the two ways that files are. */
final class FileWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "file"), Time.SYSTEM);

  /** How a new content gets into the file. */
  enum Writing {
    RENAMED,
    IN_PLACE
  }

  private final Path folder;
  private final Path file;
  private final Writing writing;
  private final FileSourceType type = new FileSourceType();
  private String content = "[]\n";

  FileWorld(Path folder, Writing writing) {
    this.folder = folder;
    this.file = folder.resolve("members.json");
    this.writing = writing;
  }

  @Override
  public Source source() {
    return type.open(new FileSourceType.Options(file), CONTEXT);
  }

  @Override
  public void hold(List<String> names) throws IOException {
    content =
        names.stream()
            .map(name -> "{\"address\": \"%s\", \"name\": \"%s\"}".formatted(address(name), name))
            .collect(Collectors.joining(",\n  ", "[", "]\n"));
    if (!Files.isRegularFile(file)) {
      Files.deleteIfExists(file);
    }
    write(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String address(String name) {
    return "10.0.0." + (int) name.charAt(0) + ":80";
  }

  private void write(byte[] bytes) throws IOException {
    switch (writing) {
      case RENAMED -> rename(folder, file, bytes);
      case IN_PLACE -> Files.write(file, bytes);
    }
  }

  /** Puts a file in place of another in one step. */
  static void rename(Path folder, Path file, byte[] bytes) throws IOException {
    Path staged = Files.write(folder.resolve(".staged"), bytes);
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void fail(Fault fault) throws IOException {
    switch (fault) {
      case GONE -> Files.delete(file);
      case SILENT -> pipe();
      case HALF ->
          write(content.substring(0, content.length() / 2).getBytes(StandardCharsets.UTF_8));
      case NONSENSE -> write(new byte[] {0, (byte) 0xff, 1, (byte) 0xfe, '\n'});
      case NOTHING -> write(new byte[0]);
    }
  }

  /** A pipe that nobody writes to: whoever opens it to read waits for ever. */
  private void pipe() throws IOException {
    Files.delete(file);
    Process made = new ProcessBuilder("mkfifo", file.toString()).start();
    made.onExit().join();
  }

  @Override
  public void stir() throws IOException {
    write(content.getBytes(StandardCharsets.UTF_8));
    Files.writeString(folder.resolve("other.txt"), "something else");
  }

  @Override
  public void rewind(List<String> names) {
    throw new UnsupportedOperationException("a file has no index");
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of(Ability.REWIND, "a file has no index");
  }

  @Override
  public void close() {
    // the folder belongs to the test
  }
}

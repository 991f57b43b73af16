package dev.weir.app.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where configuration files are read from: the disk, or a set that was accepted earlier. */
public interface Texts {

  /** A file's whole text. */
  String read(Path file) throws IOException;

  /**
   * The files that an include stands for.
   *
   * @param glob a file, or a pattern for names in one folder: {@code /etc/weir/conf.d/*.yaml}
   * @return sorted; none where the folder does not exist
   */
  List<Path> matching(Path glob) throws IOException;

  /** The disk. */
  Texts DISK =
      new Texts() {
        @Override
        public String read(Path file) throws IOException {
          return Files.readString(file);
        }

        @Override
        public List<Path> matching(Path glob) throws IOException {
          Path folder = glob.toAbsolutePath().getParent();
          if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
          }
          List<Path> found = new ArrayList<>();
          String name = String.valueOf(glob.getFileName());
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
            files.forEach(
                file -> found.add(glob.resolveSibling(String.valueOf(file.getFileName()))));
          }
          return found.stream().sorted().toList();
        }
      };

  /** For messages: why a file cannot be read. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException ignored -> "there is no such file";
      case java.nio.charset.CharacterCodingException ignored -> "it is not UTF-8";
      case java.nio.file.AccessDeniedException ignored -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}

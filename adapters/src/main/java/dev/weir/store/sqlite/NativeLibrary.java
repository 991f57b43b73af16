package dev.weir.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once into the state folder. The driver on its own would unpack
 * it at every start, into a temporary folder from which some machines execute nothing, and leave it
 * there after a kill.
 */
final class NativeLibrary {

  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private NativeLibrary() {}

  /**
   * Makes the driver load the library from this folder, unless somebody has told it another place.
   * Where that does not work the driver still has its own way.
   */
  static void unpackInto(Path folder) throws IOException {
    if (System.getProperty(PATH) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    URL packed =
        SQLiteJDBCLoader.class.getResource(
            LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    if (packed == null) {
      return;
    }
    URLConnection connection = packed.openConnection();
    Path versioned = folder.resolve(SQLiteJDBCLoader.getVersion());
    Path file = versioned.resolve(name);
    if (!Files.exists(file) || Files.size(file) != connection.getContentLengthLong()) {
      Files.createDirectories(versioned);
      unpack(connection, file);
    }
    System.setProperty(PATH, versioned.toAbsolutePath().toString());
    System.setProperty(NAME, name);
  }

  private static void unpack(URLConnection from, Path to) throws IOException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (InputStream in = from.getInputStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
  }
}

package dev.weir.app.api;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What all threads do at the moment, virtual ones as well. */
final class ThreadDump {

  private ThreadDump() {}

  static String now() throws IOException {
    Path folder = Files.createTempDirectory("weir-threads");
    Path file = folder.resolve("threads.txt");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return Files.readString(file);
    } finally {
      var _ = Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}

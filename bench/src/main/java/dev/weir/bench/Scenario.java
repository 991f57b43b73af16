package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Something that is measured end to end. */
interface Scenario {

  /** How it is called on the command line. */
  String name();

  /**
   * Measures.
   *
   * @param checkout the root of a built checkout
   */
  void measure(Path checkout, Report report) throws IOException, InterruptedException;
}

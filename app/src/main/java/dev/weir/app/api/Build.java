package dev.weir.app.api;

import java.util.Objects;

/** Which Weir this is. */
public final class Build {

  /** As in the manifest of the program's archive; {@code dev} when it runs from classes. */
  public static final String VERSION =
      Objects.requireNonNullElse(Build.class.getPackage().getImplementationVersion(), "dev");

  /** The commit it was built from; {@code unknown} where the build did not say. */
  public static final String REVISION =
      Objects.requireNonNullElse(Build.class.getPackage().getSpecificationVersion(), "unknown");

  private Build() {}
}

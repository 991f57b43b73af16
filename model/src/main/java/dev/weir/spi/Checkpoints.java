package dev.weir.spi;

/**
 * Told before every effect on the world, by name. Nothing in production; tests fail or kill at the
 * n-th.
 */
@FunctionalInterface
public interface Checkpoints {

  Checkpoints NONE = step -> {};

  /**
   * @param step what comes next: {@code stage}, {@code swap}, {@code reload}, {@code socket add
   *     ...}
   * @throws InjectedFailure to make the effect fail
   */
  void before(String step);

  /** A failure that a test asked for; handled like the I/O error of the effect it replaces. */
  final class InjectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InjectedFailure(String step) {
      super("injected failure before " + step);
    }
  }
}

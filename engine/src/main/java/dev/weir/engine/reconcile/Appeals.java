package dev.weir.engine.reconcile;

import dev.weir.model.ProxyName;
import java.util.List;

/**
 * Where a loop turns with what it finds at its proxy and does not decide alone. Safe for any
 * thread.
 */
public interface Appeals {

  /** Nobody listens: what is found is put right, however often. */
  Appeals NONE =
      new Appeals() {
        @Override
        public Answer decided(ProxyName proxy, List<AtProxy> members) {
          return Answer.NOBODYS;
        }

        @Override
        public void contested(ProxyName proxy, String why) {}
      };

  /** What becomes of decisions that were found at a proxy. */
  enum Answer {
    /** They are kept, and newer inputs have them or will have them at once. */
    TAKEN,
    /**
     * They could not be kept; the proxy is to be left as it is until Weir has something to change
     * there itself.
     */
    FAILED,
    /** None of them is anybody's decision: what was found is to be put right. */
    NOBODYS
  }

  /**
   * Somebody set members to another state at the proxy itself.
   *
   * @param members never empty
   */
  Answer decided(ProxyName proxy, List<AtProxy> members);

  /**
   * Somebody changes the proxy again and again: it is left alone until somebody resumes it.
   *
   * @param why for people
   */
  void contested(ProxyName proxy, String why);
}

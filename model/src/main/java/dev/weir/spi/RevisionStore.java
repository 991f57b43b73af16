package dev.weir.spi;

import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import java.util.List;
import java.util.Optional;

/** Keeps the revisions of all proxies, in one series of numbers. */
public interface RevisionStore {

  /**
   * Appends all of them or none; durable on return. Old ones may go, but never the newest of a
   * proxy.
   *
   * @param revisions numbered by the caller, ascending, above all that were kept before
   */
  void appendRevisions(List<Revision> revisions) throws StoreException;

  /**
   * Reads, the newest first. A revision of which something is lost is left out.
   *
   * @param proxy absent for all proxies
   * @param before only those with smaller numbers
   * @param limit at most so many
   */
  List<Revision> revisions(Optional<ProxyName> proxy, long before, int limit) throws StoreException;

  /**
   * The number of the newest revision, whether it can be read or not; 0 when there is none.
   *
   * @param proxy absent for all proxies
   */
  long newestRevision(Optional<ProxyName> proxy) throws StoreException;

  /** The number of the newest revision of any proxy; 0 when there is none. */
  default long newestRevision() throws StoreException {
    return newestRevision(Optional.empty());
  }

  /** Keeps nothing. */
  RevisionStore NONE =
      new RevisionStore() {
        @Override
        public void appendRevisions(List<Revision> revisions) {}

        @Override
        public List<Revision> revisions(Optional<ProxyName> proxy, long before, int limit) {
          return List.of();
        }

        @Override
        public long newestRevision(Optional<ProxyName> proxy) {
          return 0;
        }
      };
}

package dev.weir.store.sqlite;

import dev.weir.model.DesiredPool;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the bodies of revisions, and remembers each proxy's last one by pool: with thousands of
 * members all pools but one are what they were, the same instances, and writing all of them again
 * cost more than the change itself. Safe for any thread.
 */
final class RevisionBodies {

  private final Map<ProxyName, Map<PoolId, Packing>> last = new ConcurrentHashMap<>();

  private static final class Packing {
    private final DesiredPool pool;
    private final byte[] bytes;

    private Packing(DesiredPool pool, byte[] bytes) {
      this.pool = pool;
      this.bytes = bytes;
    }
  }

  /** What {@link RevisionForm#read} reads. */
  byte[] write(Revision revision) {
    Map<PoolId, Packing> former = last.getOrDefault(revision.proxy(), Map.of());
    Map<PoolId, Packing> now = new HashMap<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (DesiredPool pool : revision.desired().pools()) {
      Packing packing = packed(former, pool);
      now.put(pool.id(), packing);
      body.writeBytes(packing.bytes);
    }
    body.writeBytes(RevisionForm.changes(revision.changes()));
    last.put(revision.proxy(), now);
    return body.toByteArray();
  }

  @SuppressWarnings("ReferenceEquality") // a pool that did not change is handed in again as it is
  private static Packing packed(Map<PoolId, Packing> former, DesiredPool pool) {
    Packing known = former.get(pool.id());
    return known != null && known.pool == pool ? known : new Packing(pool, RevisionForm.pool(pool));
  }
}

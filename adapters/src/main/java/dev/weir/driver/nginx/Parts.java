package dev.weir.driver.nginx;

import dev.weir.model.PoolId;

/** What the driver of Weir's own file, and of the user's, works with. */
record Parts(
    NginxOptions options,
    DriverFiles files,
    Composition composition,
    Publication publication,
    Isolation isolation,
    Live live,
    FrozenPools frozen,
    ConfirmPort port,
    ConfigTree tree,
    Inspection inspection) {

  /** For members that change without a reload. */
  record Live(LivePools pools, LiveFiles files, LiveMembers members, EmptyAnswers answers) {

    boolean has(PoolId pool) {
      return pools.balanced().containsKey(pool);
    }
  }
}

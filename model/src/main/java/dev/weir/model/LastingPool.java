package dev.weir.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A pool of a pool set as it outlives a run of Weir.
 *
 * @param goneSince when its source was believed to name it no more; absent while it is named, or
 *     held
 */
public record LastingPool(FoundPool found, Optional<Instant> goneSince) {}

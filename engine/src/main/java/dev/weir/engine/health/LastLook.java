package dev.weir.engine.health;

import dev.weir.model.ProbeResult;
import java.time.Instant;

/**
 * The most recent probe of a member, for people.
 *
 * @param tracker what all of them add up to
 */
public record LastLook(ProbeResult result, Instant at, HealthTracker tracker) {}

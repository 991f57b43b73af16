package dev.weir.source.aws;

import java.time.Duration;

/**
 * A lifecycle hook for instances that terminate.
 *
 * @param timeout without a heartbeat the hook waits so long
 */
public record Hook(String name, Duration timeout) {}

package dev.weir.engine.health;

import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;

/** A member that can be probed, and where: its address, or what its host name was resolved to. */
public record Candidate(MemberId id, Endpoint endpoint) {}

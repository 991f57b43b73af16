package dev.weir.model;

/**
 * What a plan does to one member, for people and for the history.
 *
 * @param before as the proxy has it, {@code ready weight 1}; empty where it does not have it
 * @param after as it shall have it; empty where it shall not
 * @param why the reason, one line
 */
public record MemberChange(
    PoolId pool, String name, Endpoint endpoint, String before, String after, String why) {}

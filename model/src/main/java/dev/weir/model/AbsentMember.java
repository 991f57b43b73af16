package dev.weir.model;

/** A member that exists but that no proxy shall carry, and why. */
public record AbsentMember(Member member, Because because) {}

package dev.weir.probe.http;

/**
 * As much of an answer as a check needs.
 *
 * @param reason may be empty
 * @param body the beginning of the body where it was wanted, else empty
 * @param reusable whether the connection is good for another request
 */
record HttpAnswer(int status, String reason, String body, boolean reusable) {}

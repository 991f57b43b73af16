package dev.weir.follow;

import java.util.function.Function;

/**
 * How what is seen of a system becomes a report.
 *
 * @param known makes one of what the system says
 * @param unreachable makes one of the reason why it could not be asked
 */
record Wording<T, R>(Function<T, R> known, Function<String, R> unreachable) {}

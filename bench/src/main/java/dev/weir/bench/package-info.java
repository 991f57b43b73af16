/** Benchmarks, micro and end to end. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;

/** The domain as immutable values: no I/O, no clock, no logger, no thread. */
@NullMarked
package dev.weir.model;

import org.jspecify.annotations.NullMarked;

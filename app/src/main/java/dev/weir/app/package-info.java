/** The program and its wiring, readable as the data-flow picture. */
@NullMarked
package dev.weir.app;

import org.jspecify.annotations.NullMarked;

/** The main loop, one per proxy: observe, plan, apply, read back. */
@NullMarked
package dev.weir.engine.reconcile;

import org.jspecify.annotations.NullMarked;

/** What happened, in order. */
@NullMarked
package dev.weir.engine.journal;

import org.jspecify.annotations.NullMarked;

/** The few concurrency tools; nothing of the domain. */
@NullMarked
package dev.weir.engine.run;

import org.jspecify.annotations.NullMarked;

/** Concludes from probes who is up, and runs the probes of the members that exist. */
@NullMarked
package dev.weir.engine.health;

import org.jspecify.annotations.NullMarked;

/** From inputs to the desired state, with a reason for every member; pure. */
@NullMarked
package dev.weir.engine.resolve;

import org.jspecify.annotations.NullMarked;

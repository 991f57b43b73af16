/** The one thread that owns current state and publishes inputs. */
@NullMarked
package dev.weir.engine.keeper;

import org.jspecify.annotations.NullMarked;

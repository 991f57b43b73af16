/** A running Weir: what is started, replaced and stopped together. */
@NullMarked
package dev.weir.app.run;

import org.jspecify.annotations.NullMarked;

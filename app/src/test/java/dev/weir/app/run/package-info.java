/** What runs together, piece by piece. */
@NullMarked
package dev.weir.app.run;

import org.jspecify.annotations.NullMarked;

/** Other programs' files, proposed as Weir's configuration. */
@NullMarked
package dev.weir.app.takeover;

import org.jspecify.annotations.NullMarked;

/** Looks at everything that a configuration names, without changing anything. */
@NullMarked
package dev.weir.app.survey;

import org.jspecify.annotations.NullMarked;

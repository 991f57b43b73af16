/** Secrets that a configuration refers to and never holds. */
@NullMarked
package dev.weir.secret;

import org.jspecify.annotations.NullMarked;

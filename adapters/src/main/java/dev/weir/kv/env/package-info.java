/** Weir's environment as a key-value store. */
@NullMarked
package dev.weir.kv.env;

import org.jspecify.annotations.NullMarked;

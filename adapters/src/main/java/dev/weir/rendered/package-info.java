/** Whole configuration files of proxies, rendered from a user's template. */
@NullMarked
package dev.weir.rendered;

import org.jspecify.annotations.NullMarked;

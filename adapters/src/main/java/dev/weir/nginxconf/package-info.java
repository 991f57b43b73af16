/** Reads nginx configurations without losing a byte, and changes single lines of them. */
@NullMarked
package dev.weir.nginxconf;

import org.jspecify.annotations.NullMarked;

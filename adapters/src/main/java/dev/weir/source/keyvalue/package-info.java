/** Members below a prefix of any key-value store. */
@NullMarked
package dev.weir.source.keyvalue;

import org.jspecify.annotations.NullMarked;

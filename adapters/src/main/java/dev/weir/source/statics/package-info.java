/** Members written in Weir's own configuration. */
@NullMarked
package dev.weir.source.statics;

import org.jspecify.annotations.NullMarked;

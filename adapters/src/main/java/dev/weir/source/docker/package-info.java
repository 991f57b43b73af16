/** Members that are containers of a Docker Engine. */
@NullMarked
package dev.weir.source.docker;

import org.jspecify.annotations.NullMarked;

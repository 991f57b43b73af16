/** Members that a command prints. */
@NullMarked
package dev.weir.source.exec;

import org.jspecify.annotations.NullMarked;

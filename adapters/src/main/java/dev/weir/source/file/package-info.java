/** Members read from a file that others write. */
@NullMarked
package dev.weir.source.file;

import org.jspecify.annotations.NullMarked;

/** What happens to files and in folders: what a look tells, and what the kernel says by itself. */
@NullMarked
package dev.weir.folders;

import org.jspecify.annotations.NullMarked;

/** Publishing a file: stage, check, back up, swap, reload, confirm, roll back. */
@NullMarked
package dev.weir.publish;

import org.jspecify.annotations.NullMarked;

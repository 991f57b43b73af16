/** What it takes to read files that people wrote and to change single places of them. */
@NullMarked
package dev.weir.handwritten;

import org.jspecify.annotations.NullMarked;

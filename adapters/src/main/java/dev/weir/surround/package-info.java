/** What a user writes around the members of a pool: text with placeholders for each member. */
@NullMarked
package dev.weir.surround;

import org.jspecify.annotations.NullMarked;

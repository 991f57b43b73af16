/** How people and programs write down lists of members: in a configuration, a file, an answer. */
@NullMarked
package dev.weir.memberlist;

import org.jspecify.annotations.NullMarked;

/**
 * Following an outside system: sessions with pauses between them, one follower for many sources.
 */
@NullMarked
package dev.weir.follow;

import org.jspecify.annotations.NullMarked;

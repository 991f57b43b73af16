/** Reads HAProxy configurations without losing a byte. */
@NullMarked
package dev.weir.haproxyconf;

import org.jspecify.annotations.NullMarked;

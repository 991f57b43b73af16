/** Weir as a process of its own, between real proxies and real backends. */
@NullMarked
package dev.weir.app.live;

import org.jspecify.annotations.NullMarked;

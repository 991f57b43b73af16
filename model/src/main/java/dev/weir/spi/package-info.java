/** What a plug-in implements, and the few services it is handed. */
@NullMarked
package dev.weir.spi;

import org.jspecify.annotations.NullMarked;

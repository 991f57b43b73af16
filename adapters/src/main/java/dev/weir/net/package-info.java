/** Small network tools that several adapters share. */
@NullMarked
package dev.weir.net;

import org.jspecify.annotations.NullMarked;

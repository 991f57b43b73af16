/** Plug-ins: parts of adapters that need a heavy library, loaded when they are first used. */
@NullMarked
package dev.weir.plugin;

import org.jspecify.annotations.NullMarked;

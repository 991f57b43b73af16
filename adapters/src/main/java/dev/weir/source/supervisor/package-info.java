/** The FastCGI programs that a supervisord runs. */
@NullMarked
package dev.weir.source.supervisor;

import org.jspecify.annotations.NullMarked;

/** Real servers, ports and directories for tests. */
@NullMarked
package dev.weir.testkit.real;

import org.jspecify.annotations.NullMarked;

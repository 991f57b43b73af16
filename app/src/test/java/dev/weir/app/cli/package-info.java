/** Tests of the command line. */
@NullMarked
package dev.weir.app.cli;

import org.jspecify.annotations.NullMarked;

/** What tests of every module share. */
@NullMarked
package dev.weir.testkit;

import org.jspecify.annotations.NullMarked;

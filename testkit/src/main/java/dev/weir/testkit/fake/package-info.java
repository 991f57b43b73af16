/** Reference implementations in memory, manual time and the fault switch. */
@NullMarked
package dev.weir.testkit.fake;

import org.jspecify.annotations.NullMarked;

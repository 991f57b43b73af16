/** Contract tests, one per plug-in point. */
@NullMarked
package dev.weir.testkit.contract;

import org.jspecify.annotations.NullMarked;

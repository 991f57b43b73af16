/** Keeps an HAProxy in step. */
@NullMarked
package dev.weir.driver.haproxy;

import org.jspecify.annotations.NullMarked;

/** Tests of the HAProxy driver, most of them with a real HAProxy. */
@NullMarked
package dev.weir.driver.haproxy;

import org.jspecify.annotations.NullMarked;

/** Keeps an nginx in step. */
@NullMarked
package dev.weir.driver.nginx;

import org.jspecify.annotations.NullMarked;

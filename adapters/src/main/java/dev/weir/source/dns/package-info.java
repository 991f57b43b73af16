/** Members that the DNS knows. */
@NullMarked
package dev.weir.source.dns;

import org.jspecify.annotations.NullMarked;

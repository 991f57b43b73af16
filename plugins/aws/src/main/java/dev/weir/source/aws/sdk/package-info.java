/** Clients of AWS: its own SDK, behind the interface of the source. */
@NullMarked
package dev.weir.source.aws.sdk;

import org.jspecify.annotations.NullMarked;

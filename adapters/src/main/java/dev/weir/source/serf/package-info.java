/** The members of a Serf cluster, by the RPC of one of its agents. */
@NullMarked
package dev.weir.source.serf;

import org.jspecify.annotations.NullMarked;

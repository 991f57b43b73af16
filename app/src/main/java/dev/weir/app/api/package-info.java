/**
 * The HTTP interface of a running Weir: it reads snapshots and the journal, and sends commands;
 * there is no other way in. Routes know nothing of the server library behind {@link
 * dev.weir.app.api.ApiServer}.
 */
@NullMarked
package dev.weir.app.api;

import org.jspecify.annotations.NullMarked;

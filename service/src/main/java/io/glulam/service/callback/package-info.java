/** Sends signed callbacks when an instance has ended: to which URLs, and how. May use the ledger. */
@NullMarked
package io.glulam.service.callback;

import org.jspecify.annotations.NullMarked;

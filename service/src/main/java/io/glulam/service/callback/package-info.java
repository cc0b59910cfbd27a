/** Tells others, signed, that an instance has ended: whom we may tell, and how it is sent. May use the ledger. */
@NullMarked
package io.glulam.service.callback;

import org.jspecify.annotations.NullMarked;

/** Keeps the requests and the results of all instances of the workflow in a database. May use {@code database, json}. */
@NullMarked
package io.glulam.service.ledger;

import org.jspecify.annotations.NullMarked;

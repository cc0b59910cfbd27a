/** What every instance of the workflow was asked for and has done, kept in a database. May use {@code database, json}. */
@NullMarked
package io.glulam.service.ledger;

import org.jspecify.annotations.NullMarked;

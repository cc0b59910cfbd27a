/**
 * The durable steps of compactions, merges and tables, who runs them and when. May use {@code request} and all that it may use,
 * {@code worth, database}.
 */
@NullMarked
package io.glulam.service.workflow;

import org.jspecify.annotations.NullMarked;

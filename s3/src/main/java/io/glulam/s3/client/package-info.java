/** Requests to a store: signed, sent, repeated where that can help, understood. Knows nothing of compactions. */
@NullMarked
package io.glulam.s3.client;

import org.jspecify.annotations.NullMarked;

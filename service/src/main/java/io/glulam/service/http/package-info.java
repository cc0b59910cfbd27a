/** The API and the page over HTTP, and who may use them. May use {@code workflow} and all that it may use. */
@NullMarked
package io.glulam.service.http;

import org.jspecify.annotations.NullMarked;

/** The log of the service. Uses nothing. */
@NullMarked
package io.glulam.service.log;

import org.jspecify.annotations.NullMarked;

/** How the service logs. Uses nothing. */
@NullMarked
package io.glulam.service.log;

import org.jspecify.annotations.NullMarked;

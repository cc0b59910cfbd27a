/** The service's settings: from flags, environment and a file, in that order. May use what they are settings of. */
@NullMarked
package io.glulam.service.settings;

import org.jspecify.annotations.NullMarked;

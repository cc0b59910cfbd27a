/** JSON as the service reads and writes it. Uses nothing. */
@NullMarked
package io.glulam.service.json;

import org.jspecify.annotations.NullMarked;

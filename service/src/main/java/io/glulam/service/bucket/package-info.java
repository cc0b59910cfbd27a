/** The objects that the service may touch: one bucket or folder, its keys checked. Uses the library only. */
@NullMarked
package io.glulam.service.bucket;

import org.jspecify.annotations.NullMarked;

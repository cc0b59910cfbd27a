/** S3, R2 and compatible stores as implementations of the library's {@code storage} interfaces. */
@NullMarked
package io.glulam.s3;

import org.jspecify.annotations.NullMarked;

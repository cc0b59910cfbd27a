/** S3, R2 and compatible stores behind core's {@code storage} interfaces. */
@NullMarked
package io.glulam.s3;

import org.jspecify.annotations.NullMarked;

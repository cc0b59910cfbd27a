/** Where credentials come from. Uses the library's {@code error} and the JDK only. */
@NullMarked
package io.glulam.s3.credentials;

import org.jspecify.annotations.NullMarked;

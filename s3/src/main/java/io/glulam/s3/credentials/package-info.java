/** Where credentials come from. Uses {@code error} of core and the JDK only. */
@NullMarked
package io.glulam.s3.credentials;

import org.jspecify.annotations.NullMarked;

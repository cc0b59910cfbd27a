/** The API of the library as text, which holds it from one version to the next. */
package io.glulam.testkit.api;

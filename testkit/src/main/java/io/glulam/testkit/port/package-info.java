/** Ports for servers that cannot choose one themselves. Uses only the JDK. */
package io.glulam.testkit.port;

/**
 * Makes files lie: mutates scripts of files, Thrift structs and bytes on the level of fields, the same way for the same
 * seed. Uses {@code bytes}.
 */
package io.glulam.testkit.mutate;

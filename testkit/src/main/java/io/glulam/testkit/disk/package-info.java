/**
 * A file system that writes down what changes the disk, and what a power cut may leave of it. {@link
 * io.glulam.testkit.disk.RecordedFolder} is the door.
 */
package io.glulam.testkit.disk;

package io.glulam.splice;

import io.glulam.page.PageHeader;

/**
 * Where a fragment's dictionary page lies.
 *
 * @param position of its header in the source
 * @param headerLength in bytes
 * @param header as read
 */
record DictionaryPage(long position, int headerLength, PageHeader header) {}

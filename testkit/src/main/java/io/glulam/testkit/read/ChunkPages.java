package io.glulam.testkit.read;

import java.util.List;
import java.util.Optional;

/**
 * The pages of a column chunk, found by walking headers.
 *
 * @param pages in file order, of all types
 * @param start where the footer says that the chunk begins
 * @param statedEnd {@code start} plus the footer's total compressed size
 * @param walkedEnd first byte behind the last page
 */
public record ChunkPages(List<PageInfo> pages, long start, long statedEnd, long walkedEnd) {
    public List<PageInfo> dataPages() {
        return pages.stream().filter(PageInfo::isData).toList();
    }

    public Optional<PageInfo> dictionaryPage() {
        return pages.stream().filter(PageInfo::isDictionary).findFirst();
    }
}

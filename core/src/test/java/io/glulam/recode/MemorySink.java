package io.glulam.recode;

import io.glulam.decode.ListPageStream;
import io.glulam.format.Encoding;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps recoded pages with bodies of their own. */
final class MemorySink implements PageSink {
    final List<RecodedPage> pages = new ArrayList<>();
    private PageStream.@Nullable Page dictionary;

    @Override
    public void dataPage(RecodedPage page) {
        assertThatNothingFollowsTheDictionary();
        pages.add(page.withBody(page.body().copy(), page.encoding()));
    }

    @Override
    public void dictionary(int entryCount, byte[] plain, int length, Encoding encoding) {
        assertThatNothingFollowsTheDictionary();
        PageHeader header = PageHeader.dictionaryPage(length, length, entryCount, encoding.value());
        dictionary = new PageStream.Page(header, Arrays.copyOf(plain, length), 0, length, 0);
    }

    private void assertThatNothingFollowsTheDictionary() {
        if (dictionary != null) {
            throw new AssertionError("a page after the dictionary");
        }
    }

    PageStream.@Nullable Page dictionary() {
        return dictionary;
    }

    /** The chunk as a reader would get it. */
    PageStream stream() {
        return new ListPageStream(pages());
    }

    /** Its pages, the dictionary first. */
    List<PageStream.Page> pages() {
        List<PageStream.Page> all = new ArrayList<>();
        if (dictionary != null) {
            all.add(dictionary);
        }
        for (RecodedPage page : pages) {
            all.add(new PageStream.Page(
                    header(page), page.body().bytes(), 0, page.body().length(), all.size()));
        }
        return all;
    }

    static PageHeader header(RecodedPage page) {
        int encoding = page.encoding().value();
        int length = page.body().length();
        return page.version() == 1
                ? PageHeader.dataPage(length, length, page.counts().values(), encoding)
                : PageHeader.dataPageV2(page.body(), length, page.counts(), encoding, false);
    }
}

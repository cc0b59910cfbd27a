package io.glulam.wasm;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.format.PageType;
import io.glulam.page.ByteSource;
import io.glulam.page.PageHeader;
import io.glulam.page.PageWalker;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceFile;
import io.glulam.staging.SampledValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads through column chunks, and has the host hold what planning reads of them: page headers, dictionaries and, as far as there
 * is room, the pages that are sampled. For one pass.
 */
final class HeaderPass {
    /** Bytes of a dictionary or page that are read at once. */
    private static final int PIECE = 64 << 10;

    private final ArenaRanges held;
    private final SourceFile file;
    private final Map<Long, List<SampledValues>> sampledByChunk = new HashMap<>();
    private final Kept kept = new Kept();
    private final PageWalker walker = new PageWalker(kept, MergedReads.HEADER_WINDOW);
    private long room;

    /**
     * @param sampled what is sampled of the chunks
     * @param room bytes that the sampled pages may take
     */
    HeaderPass(ArenaRanges held, SourceFile file, List<SampledValues> sampled, long room) {
        this.held = held;
        this.file = file;
        sampled.forEach(values -> sampledByChunk
                .computeIfAbsent(values.chunk(), chunk -> new ArrayList<>())
                .add(values));
        this.room = room;
    }

    /**
     * Reads.
     *
     * @param chunks in their order in the file
     * @param gap bytes between two of them that are not read in vain
     * @return whether there was room for everything that is sampled
     */
    boolean keep(List<FragmentChunk> chunks, long gap) {
        int first = 0;
        while (first < chunks.size()) {
            int end = first + 1;
            while (end < chunks.size()
                    && chunks.get(end).chunk().start() - chunks.get(end - 1).end() <= gap) {
                end++;
            }
            Host.open(chunks.get(first).chunk().start(), chunks.get(end - 1).end());
            chunks.subList(first, end).forEach(fragment -> keep(fragment.chunk()));
            first = end;
        }
        Host.close();
        return room >= 0;
    }

    private void keep(ColumnChunk chunk) {
        List<SampledValues> sampled = sampledByChunk.getOrDefault(chunk.start(), List.of());
        try {
            walker.start(chunk);
            long values = 0;
            for (PageHeader header = walker.next(); header != null; header = walker.next()) {
                long before = values;
                values += header.isData() ? header.valueCount() : 0;
                int bytes = header.compressedSize();
                if (header.type() == PageType.DICTIONARY_PAGE || isKept(sampled, before, values, bytes)) {
                    kept.keep(walker.position() + walker.headerLength(), bytes);
                }
            }
        } catch (CorruptFile survey) {
            // The survey comes upon it, and tells in which column.
            return;
        }
    }

    /** Whether a page of the values {@code [from, to)} of its chunk is sampled, and there is room for it. */
    private boolean isKept(List<SampledValues> sampled, long from, long to, int bytes) {
        if (sampled.stream().noneMatch(values -> values.from() < to && values.to() > from)) {
            return false;
        }
        room -= bytes;
        return room >= 0;
    }

    /** The source, of which everything that is read is held. */
    private final class Kept implements ByteSource {
        private final byte[] piece = new byte[PIECE];

        void keep(long position, int length) {
            for (int done = 0; done < length && held.free() > 0; done += PIECE) {
                read(position + done, piece, 0, Math.min(PIECE, length - done));
            }
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() {
            return file.bytes().size();
        }

        @Override
        public void read(long position, byte[] target, int from, int length) {
            HostReader.readFromHost(file.name(), position, target, from, length);
            held.keep(position, target, from, length);
        }
    }
}

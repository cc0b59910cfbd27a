package io.glulam.fuzz;

import io.glulam.error.CorruptFile;
import io.glulam.footer.ChunkMove;
import io.glulam.footer.ColumnPlace;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.footer.FooterWriter;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Writes a footer anew, its row groups kept, and has the reference implementation read both: what is carried on means what
 * it meant.
 */
final class FooterMoves {
    private static final int TAIL = 8;
    private static final long SHIFT = 1 << 10;

    private final FileMetaData kept;
    private final List<String> unions;

    private FooterMoves(Footer source, FileMetaData expected) {
        this.kept = kept(source, expected);
        this.unions = unions(expected);
    }

    /**
     * @param expected what the reference implementation reads of the source
     * @throws Mismatch if it reads something else of a new footer
     */
    static void check(Footer source, FileMetaData expected) {
        FooterMoves moves = new FooterMoves(source, expected);
        moves.require("kept", rewritten(source, 0));
        moves.require("joined", joined(source));
        byte[] moved = rewritten(source, SHIFT);
        if (moved != null) {
            Footer there = Footer.parse(moved, source.offsetInFile() + SHIFT);
            moves.require("moved and moved back", rewritten(there, -SHIFT));
        }
    }

    private void require(String what, byte @Nullable [] written) {
        if (written == null) {
            return;
        }
        Reference<FileMetaData> found = Reference.read(written, Util::readFileMetaData);
        if (found == null) {
            throw new Mismatch("the reference does not read the footer whose row groups were " + what);
        }
        Reference.same("unions of the footer whose row groups were " + what, unions(found.struct()), unions);
        normalize(found.struct());
        Reference.same("the footer whose row groups were " + what, found.struct(), kept);
    }

    /** The source's footer without what does not go along when row groups are kept. */
    private static FileMetaData kept(Footer source, FileMetaData expected) {
        FileMetaData kept = expected.deepCopy();
        normalize(kept);
        for (int group = 0; group < kept.getRow_groupsSize(); group++) {
            for (Leaf leaf : source.schema().leaves()) {
                dropUnusable(
                        source.chunk(group, leaf.index()),
                        kept.getRow_groups().get(group).getColumns().get(leaf.index()));
            }
        }
        return kept;
    }

    /** The unions, as text: generated classes do not compare those that hold no member that they know. */
    private static List<String> unions(FileMetaData footer) {
        List<String> unions = new ArrayList<>();
        footer.getSchema().forEach(element -> unions.add(String.valueOf(element.getLogicalType())));
        unions.add(String.valueOf(footer.getColumn_orders()));
        return unions;
    }

    /** Leaves out what is always counted anew, and deprecated offsets that no reader uses. */
    private static void normalize(FileMetaData footer) {
        footer.setNum_rows(0);
        footer.unsetFooter_signing_key_metadata();
        footer.unsetEncryption_algorithm();
        footer.unsetColumn_orders();
        footer.getSchema().forEach(SchemaElement::unsetLogicalType);
        if (footer.getKey_value_metadataSize() == 0) {
            footer.unsetKey_value_metadata();
        }
        for (RowGroup group : footer.getRow_groups()) {
            group.unsetOrdinal();
            group.unsetFile_offset();
            for (var chunk : group.getColumns()) {
                chunk.setFile_offset(0);
                dropAbsentIndexes(chunk);
                ColumnMetaData entry = chunk.getMeta_data();
                entry.unsetIndex_page_offset();
                if (entry.getDictionary_page_offset() <= 0) {
                    entry.unsetDictionary_page_offset();
                }
            }
        }
    }

    /** Leaves out lengths of indexes that are nowhere. */
    private static void dropAbsentIndexes(org.apache.parquet.format.ColumnChunk entry) {
        if (entry.getOffset_index_offset() == 0) {
            entry.unsetOffset_index_offset();
            entry.unsetOffset_index_length();
        }
        if (entry.getColumn_index_offset() == 0) {
            entry.unsetColumn_index_offset();
            entry.unsetColumn_index_length();
        }
    }

    private static void dropUnusable(ColumnChunk chunk, org.apache.parquet.format.ColumnChunk entry) {
        if (chunk.offsetIndexOffset() == ColumnChunk.UNUSABLE) {
            entry.unsetOffset_index_offset();
            entry.unsetOffset_index_length();
        }
        if (chunk.columnIndexOffset() == ColumnChunk.UNUSABLE) {
            entry.unsetColumn_index_offset();
            entry.unsetColumn_index_length();
        }
        if (chunk.bloomFilterOffset() == ColumnChunk.UNUSABLE) {
            entry.getMeta_data().unsetBloom_filter_offset();
            entry.getMeta_data().unsetBloom_filter_length();
        }
    }

    /** Null if the footer says that something cannot lie where it would then. */
    private static byte @Nullable [] rewritten(Footer source, long shift) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FooterWriter writer = new FooterWriter(source, source.rowGroupCount(), false, piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            out.writeBytes(bytes);
        });
        try {
            for (int group = 0; group < source.rowGroupCount(); group++) {
                writer.keep(group, moves(source, group, shift));
            }
        } catch (CorruptFile outside) {
            return null;
        }
        writer.finish();
        return Arrays.copyOf(out.toByteArray(), out.size() - TAIL);
    }

    private static List<ChunkMove> moves(Footer source, int group, long shift) {
        List<ChunkMove> moves = new ArrayList<>();
        for (Leaf leaf : source.schema().leaves()) {
            ChunkMove stay = ChunkMove.stay(source.chunk(group, leaf.index()));
            moves.add(new ChunkMove(
                    shift,
                    moved(stay.bloomFilterOffset(), shift),
                    moved(stay.offsetIndexOffset(), shift),
                    stay.offsetIndexLength(),
                    moved(stay.columnIndexOffset(), shift),
                    stay.columnIndexLength()));
        }
        return moves;
    }

    private static long moved(long offset, long shift) {
        return offset == 0 ? 0 : offset + shift;
    }

    /** As one of the inputs of a merge, whose columns may have other names there. */
    private static byte[] joined(Footer source) {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        FooterJoiner joiner = new FooterJoiner(entries::write, false);
        joiner.add(source, 0, source.rowGroupCount(), group -> places(source, group));
        FooterJoiner.Header header = new FooterJoiner.Header(
                source.version(),
                source.rawSchema(),
                source.rawKeyValueMetadata(),
                source.rawCreatedBy(),
                source.rawColumnOrders());
        byte[] head = joiner.head(header);
        byte[] tail = joiner.tail(header, entries.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.writeBytes(entries.toByteArray());
        out.write(tail, 0, tail.length - TAIL);
        return out.toByteArray();
    }

    private static List<ColumnPlace> places(Footer source, int group) {
        List<ColumnPlace> places = new ArrayList<>();
        for (Leaf leaf : source.schema().leaves()) {
            ChunkMove stay = ChunkMove.stay(source.chunk(group, leaf.index()));
            places.add(new ColumnPlace.Moved(leaf.index(), stay, leaf.path()));
        }
        return places;
    }
}

package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/**
 * A footer: refused, or read as the reference implementation reads it, in every field, and meaning the same to it where its row
 * groups are carried on.
 */
public final class FooterTarget {
    private static final long BUFFERS = 16L << 20;
    private static final int DATA = 64 << 10;

    /** One in so many is carried on, which takes longer than all the rest. */
    private static final int MOVED = 4;

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private FooterTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Forms.check(input, footer -> check(footer, Arrays.hashCode(footer) % MOVED == 0));
    }

    static boolean check(byte[] input) {
        return check(input, true);
    }

    private static boolean check(byte[] input, boolean moves) {
        MemoryStore store = new MemoryStore();
        store.put("file", file(input));
        Footer footer;
        try {
            footer = FooterReader.read(store.open("file"), BUFFERS);
            touch(footer);
        } catch (GlulamException refused) {
            return false;
        }
        Reference<FileMetaData> reference = Reference.read(input, Util::readFileMetaData);
        if (reference != null) {
            ReferenceFooter.compare(footer, reference.struct());
            if (moves) {
                FooterMoves.check(footer, reference.struct());
            }
        }
        return reference != null;
    }

    /** Some bytes of data, the input as the footer, and the tail. */
    private static byte[] file(byte[] footer) {
        ByteBuffer file = ByteBuffer.allocate(DATA + footer.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.put(MAGIC).position(DATA);
        return file.put(footer).putInt(footer.length).put(MAGIC).array();
    }

    private static void touch(Footer footer) {
        footer.keyValueMetadata();
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            footer.sortingColumns(group);
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                footer.chunk(group, leaf);
            }
        }
    }
}

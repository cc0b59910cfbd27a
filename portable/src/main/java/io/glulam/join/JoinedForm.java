package io.glulam.join;

import io.glulam.footer.FooterJoiner;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.schema.ColumnFit;
import io.glulam.shape.MadeColumn;
import io.glulam.statistics.WriterTrust;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The form of the joined file of some inputs. Made by {@link Agreement} or {@link ShapeAgreement}; only the former's can be
 * sent to other processes.
 */
public final class JoinedForm implements Serializable {
    /** Bytes of a value that may be repeated for each row. */
    private static final int SMALL = 16;

    private final FooterJoiner.Header header;
    private final WriterTrust trust;
    private final InputFits fits;
    private final Map<List<String>, Integer> dictionaries;

    /**
     * @param header what its footer says besides its row groups
     * @param trust what readers will take for granted of it
     * @param fits how the inputs' columns fit into the header's schema
     * @param dictionaries of leaf columns, by path, that an input has: the Thrift value of the dictionary encoding that the
     *     pages of the first such input have, or -1 if they have none
     */
    JoinedForm(FooterJoiner.Header header, WriterTrust trust, InputFits fits, Map<List<String>, Integer> dictionaries) {
        this.header = header;
        this.trust = trust;
        this.fits = fits;
        this.dictionaries = Map.copyOf(dictionaries);
    }

    FooterJoiner.Header header() {
        return header;
    }

    WriterTrust trust() {
        return trust;
    }

    InputFits fits() {
        return fits;
    }

    boolean leavesOut() {
        return fits.leavesOut();
    }

    /** Returns the dictionary encoding that made pages of a column get; -1 for none. */
    int dictionaryEncoding(Leaf leaf, ColumnFit fit) {
        int seen = dictionaries.getOrDefault(leaf.path(), -1);
        if (!(fit instanceof ColumnFit.Made made)) {
            return seen;
        }
        if (made.values() instanceof MadeColumn.Ascending || leaf.type() == PhysicalType.BOOLEAN) {
            return -1;
        }
        // Pages without dictionary can be followed by others without only.
        boolean joinsPlain =
                dictionaries.containsKey(leaf.path()) && leaf.valueWidth() > 0 && leaf.valueWidth() <= SMALL;
        return seen >= 0 || joinsPlain ? seen : Encoding.RLE_DICTIONARY.value();
    }
}

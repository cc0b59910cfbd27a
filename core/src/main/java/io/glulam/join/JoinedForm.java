package io.glulam.join;

import io.glulam.footer.FooterJoiner;
import java.util.List;
import java.util.Map;

/** What the joined file of some inputs looks like. Made by {@link Agreement} or {@link ShapeAgreement}. */
public final class JoinedForm {
    private final FooterJoiner.Header header;
    private final InputFits fits;
    private final Map<List<String>, Integer> dictionaries;

    /**
     * @param header what its footer says besides its row groups
     * @param fits how the inputs' columns fit into the header's schema
     * @param dictionaries of leaf columns, by path, that an input has: the Thrift value of the dictionary encoding that the
     *     pages of the first such input have, or -1 if they have none
     */
    JoinedForm(FooterJoiner.Header header, InputFits fits, Map<List<String>, Integer> dictionaries) {
        this.header = header;
        this.fits = fits;
        this.dictionaries = Map.copyOf(dictionaries);
    }

    FooterJoiner.Header header() {
        return header;
    }

    InputFits fits() {
        return fits;
    }

    Map<List<String>, Integer> dictionaries() {
        return dictionaries;
    }
}

package io.glulam.plan;

import io.glulam.format.Encoding;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The demands of a plan's recoded columns on engines that read the output.
 *
 * @param encodings newer than PLAIN, dictionary and RLE, that are written; empty if nothing new is asked
 * @param able engines that know all of them
 * @param unable engines that do not, as far as {@link Reader} knows
 */
public record ReaderDemand(Set<Encoding> encodings, List<Reader> able, List<Reader> unable) {
    private static final Set<Encoding> KNOWN_TO_ALL =
            EnumSet.of(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY, Encoding.RLE);

    /** Returns the demands of {@code plan}. */
    public static ReaderDemand of(Plan plan) {
        Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
        for (OutputGroup group : plan.groups()) {
            if (group instanceof MergedGroup merged) {
                for (ColumnPlan column : merged.columns()) {
                    Recoding recoding = column.recoding();
                    if (recoding != null && !KNOWN_TO_ALL.contains(recoding.main())) {
                        encodings.add(recoding.main());
                    }
                }
            }
        }
        return new ReaderDemand(
                encodings,
                Stream.of(Reader.values())
                        .filter(reader -> reader.knowsAll(encodings))
                        .toList(),
                Stream.of(Reader.values())
                        .filter(reader -> !reader.knowsAll(encodings))
                        .toList());
    }
}

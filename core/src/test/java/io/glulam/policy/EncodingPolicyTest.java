package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reader;
import io.glulam.plan.Recoding;
import io.glulam.plan.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EncodingPolicyTest {
    private static final Settings BALANCED = Settings.defaults();
    private static final Settings SMALLEST = Settings.defaults().withEffort(Effort.SMALLEST);

    @Test
    void balancedAsksNothingOfReadersThatTheFileDoesNot() {
        ColumnFacts plain = facts(PhysicalType.INT64, 1, Encoding.PLAIN);

        assertThat(EncodingPolicy.candidates(plain, Set.of(), BALANCED))
                .containsExactly(
                        new Recoding(Encoding.PLAIN, null), new Recoding(Encoding.PLAIN, Encoding.RLE_DICTIONARY));
        assertThat(EncodingPolicy.candidates(plain, values(Encoding.DELTA_BINARY_PACKED), BALANCED))
                .contains(new Recoding(Encoding.DELTA_BINARY_PACKED, null));
    }

    @Test
    void smallestTriesEveryEncodingOfTheType() {
        assertThat(mains(facts(PhysicalType.BYTE_ARRAY, 1, Encoding.PLAIN), SMALLEST))
                .containsExactlyInAnyOrder(
                        Encoding.PLAIN,
                        Encoding.DELTA_LENGTH_BYTE_ARRAY,
                        Encoding.DELTA_BYTE_ARRAY,
                        Encoding.RLE_DICTIONARY);
        assertThat(mains(facts(PhysicalType.DOUBLE, 1, Encoding.PLAIN), SMALLEST))
                .contains(Encoding.BYTE_STREAM_SPLIT);
        assertThat(mains(facts(PhysicalType.INT64, 1, Encoding.PLAIN), SMALLEST))
                .contains(Encoding.DELTA_BINARY_PACKED)
                .doesNotContain(Encoding.BYTE_STREAM_SPLIT);
    }

    /** DuckDB 2.0, for example, reads byte streams of numbers, and not of fixed-length values. */
    @Test
    void byteStreamsOfAnotherColumnAreNoReasonForThoseOfOtherTypesThanFloatingPoint() {
        Set<Integer> ofAnother = values(Encoding.BYTE_STREAM_SPLIT);
        Recoding split = new Recoding(Encoding.BYTE_STREAM_SPLIT, null);

        for (PhysicalType type : List.of(PhysicalType.FIXED_LEN_BYTE_ARRAY, PhysicalType.INT32, PhysicalType.INT64)) {
            assertThat(EncodingPolicy.candidates(facts(type, 2, Encoding.PLAIN), ofAnother, BALANCED))
                    .as("%s", type)
                    .doesNotContain(split);
            assertThat(EncodingPolicy.candidates(facts(type, 2, Encoding.BYTE_STREAM_SPLIT), Set.of(), BALANCED))
                    .as("%s, whose own pages are byte streams", type)
                    .contains(split);
        }
        assertThat(EncodingPolicy.candidates(facts(PhysicalType.FLOAT, 2, Encoding.PLAIN), ofAnother, BALANCED))
                .contains(split);
    }

    @Test
    void readersThatAreNamedAreRespected() {
        Settings forSpark = SMALLEST.withForm(OutputForm.DEFAULT.withReaders(List.of(Reader.SPARK)));
        Settings forImpala = SMALLEST.withForm(OutputForm.DEFAULT.withReaders(List.of(Reader.SPARK, Reader.IMPALA)));

        assertThat(mains(facts(PhysicalType.DOUBLE, 1, Encoding.PLAIN), forSpark))
                .doesNotContain(Encoding.BYTE_STREAM_SPLIT);
        assertThat(mains(facts(PhysicalType.INT32, 1, Encoding.PLAIN), forImpala))
                .containsExactlyInAnyOrder(Encoding.PLAIN, Encoding.RLE_DICTIONARY);
    }

    @Test
    void theFirstVersionOfTheFormatKnowsOnlyTheOldEncodings() {
        Settings old = SMALLEST.withForm(OutputForm.DEFAULT.withCompatibility(Compatibility.V1));

        assertThat(mains(facts(PhysicalType.BYTE_ARRAY, 2, Encoding.DELTA_BYTE_ARRAY), old))
                .containsExactlyInAnyOrder(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY);
    }

    @Test
    void booleansAreRunsOnlyWherePagesAreOfVersion2() {
        assertThat(mains(facts(PhysicalType.BOOLEAN, 1, Encoding.PLAIN), BALANCED))
                .containsExactly(Encoding.PLAIN);
        assertThat(mains(facts(PhysicalType.BOOLEAN, 2, Encoding.PLAIN), BALANCED))
                .containsExactly(Encoding.PLAIN, Encoding.RLE);
    }

    @Test
    void theColumnsOwnEncodingsAreKeptWhereNothingIsSampled() {
        assertThat(EncodingPolicy.own(
                        facts(PhysicalType.INT32, 2, Encoding.DELTA_BINARY_PACKED, Encoding.RLE_DICTIONARY), BALANCED))
                .isEqualTo(new Recoding(Encoding.DELTA_BINARY_PACKED, Encoding.RLE_DICTIONARY));
        assertThat(EncodingPolicy.own(facts(PhysicalType.INT32, 1, Encoding.PLAIN_DICTIONARY), BALANCED))
                .isEqualTo(new Recoding(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY));
    }

    private static List<Encoding> mains(ColumnFacts facts, Settings settings) {
        return EncodingPolicy.candidates(facts, Set.of(), settings).stream()
                .map(Recoding::main)
                .toList();
    }

    private static Set<Integer> values(Encoding... encodings) {
        return Arrays.stream(encodings).map(Encoding::value).collect(Collectors.toSet());
    }

    private static ColumnFacts facts(PhysicalType type, int version, Encoding... encodings) {
        return new ColumnFacts(
                0,
                type,
                2,
                100,
                100,
                -1,
                200,
                200,
                new ColumnFacts.Pages(Set.of(1), Set.of(version), false, values(encodings), 2, 0, 100),
                new ColumnFacts.Dictionaries(0, true, 0, 0, 0, false, type != PhysicalType.BOOLEAN),
                new ColumnFacts.Quirks(false, false, false, false, Set.of(), true));
    }
}

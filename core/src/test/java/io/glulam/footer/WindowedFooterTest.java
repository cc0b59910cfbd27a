package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Footers read through windows are what they are in memory. */
@Tag("once")
class WindowedFooterTest {
    private static final int MUTATIONS = 200;

    static LongStream seeds() {
        return Seeds.stream(60);
    }

    private static Footer windowed(byte[] bytes, int window) {
        return Footer.parse(new WindowedBytes(bytes, window), FooterGenerator.OFFSET);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatTheOracleWroteThroughAnyWindow(long seed) {
        FileMetaData oracle = new FooterGenerator(seed).next();
        byte[] bytes = OracleFooters.write(oracle);
        for (int window : new int[] {1, 7, 64, 4096}) {
            FooterComparison.assertSame(windowed(bytes, window), oracle);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void relocatesToTheSameBytes(long seed) {
        byte[] bytes = OracleFooters.write(new FooterGenerator(seed).next());
        long shift = new Random(seed).nextInt(1 << 30);
        Footer resident = Footer.parse(bytes, FooterGenerator.OFFSET);
        assertThat(new Relocation(windowed(bytes, 64), shift).write())
                .isEqualTo(new Relocation(resident, shift).write());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsEntriesInAnyOrder(long seed) {
        byte[] bytes = OracleFooters.write(new FooterGenerator(seed).next());
        Footer resident = Footer.parse(bytes, FooterGenerator.OFFSET);
        Footer windowed = windowed(bytes, 64);
        int leaves = resident.schema().leaves().size();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < resident.rowGroupCount() * leaves; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        for (int i : order) {
            assertSame(windowed.chunk(i / leaves, i % leaves), resident.chunk(i / leaves, i % leaves));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void walksThroughTheEntriesOfRowGroups(long seed) {
        byte[] bytes = OracleFooters.write(new FooterGenerator(seed).next());
        Footer resident = Footer.parse(bytes, FooterGenerator.OFFSET);
        for (ChunkEntries entries :
                List.of(resident.entries(), windowed(bytes, 64).entries())) {
            for (int rowGroup = resident.rowGroupCount() - 1; rowGroup >= 0; rowGroup--) {
                entries.start(rowGroup);
                for (int leaf = 0; leaf < resident.schema().leaves().size(); leaf++) {
                    assertSame(entries.next(), resident.chunk(rowGroup, leaf));
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsAheadInTheEntriesOfRowGroupsColumnByColumn(long seed) {
        byte[] bytes = OracleFooters.write(new FooterGenerator(seed).next());
        Footer resident = Footer.parse(bytes, FooterGenerator.OFFSET);
        Footer windowed = windowed(bytes, 4096);
        int rowGroups = resident.rowGroupCount();
        int[] positions = new int[rowGroups];
        EntryReadAhead ahead = new EntryReadAhead(windowed, rowGroups, 300 * rowGroups);
        for (int leaf = 0; leaf < resident.schema().leaves().size(); leaf++) {
            ChunkEntries entries = windowed.entries(1, ahead);
            for (int rowGroup = 0; rowGroup < rowGroups; rowGroup++) {
                ahead.turnTo(rowGroup, rowGroup);
                if (leaf == 0) {
                    entries.start(rowGroup);
                } else {
                    entries.resume(rowGroup, leaf, positions[rowGroup]);
                }
                assertSame(entries.next(), resident.chunk(rowGroup, leaf));
                positions[rowGroup] = entries.position();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsEntriesInTheirOrderAndReadsThemAboutOnce(long seed) {
        byte[] bytes = OracleFooters.write(new FooterGenerator(seed).next());
        WindowedBytes counted = new WindowedBytes(bytes, 512);
        Footer footer = Footer.parse(counted, FooterGenerator.OFFSET);
        long before = counted.bytesRead();
        for (int rowGroup = 0; rowGroup < footer.rowGroupCount(); rowGroup++) {
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                footer.chunk(rowGroup, leaf);
            }
        }
        assertThat(counted.bytesRead() - before).isLessThan(2L * bytes.length + 4096);
    }

    private static void assertSame(ColumnChunk found, ColumnChunk expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void refusesWhatIsRefusedInMemoryInTheSameWords(long seed) {
        byte[] sound = OracleFooters.write(new FooterGenerator(seed).next());
        Random random = new Random(Seeds.derive(seed, "windowed"));
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] broken = FooterFuzzTest.mutate(sound, random);
            assertThat(outcome(new WindowedBytes(broken, 1 + random.nextInt(200))))
                    .as("seed %d, mutation %d", seed, i)
                    .isEqualTo(outcome(FooterBytes.of(broken)));
        }
    }

    /** In memory the same footer is read. */
    @Test
    void aValueThatIsTooLongForAWindowIsRefusedWithTheMemoryThatHoldsTheFooter() {
        FileMetaData oracle = new FooterGenerator(1).next();
        oracle.addToKey_value_metadata(new KeyValue("long").setValue("x".repeat(9 << 20)));
        byte[] bytes = OracleFooters.write(oracle);

        assertThat(Footer.parse(bytes, FooterGenerator.OFFSET).keyValueMetadata())
                .anyMatch(entry -> entry.getKey().equals("long"));
        assertThatThrownBy(() -> windowed(bytes, 4096).keyValueMetadata())
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("a value of " + (9 << 20) + " bytes")
                .hasMessageEndingWith("allow " + bytes.length * 4L + " bytes of buffers");
    }

    private static String outcome(FooterBytes bytes) {
        try {
            Footer footer = Footer.parse(bytes, FooterGenerator.OFFSET);
            return footer.rowGroupCount() + " row groups, " + footer.keyValueMetadata();
        } catch (GlulamException refused) {
            return refused.toString();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsEveryByteAboutOnceAndLittleAtATime(long seed) {
        byte[] bytes = OracleFooters.write(new FooterGenerator(seed).next());
        WindowedBytes counted = new WindowedBytes(bytes, 512);
        Footer footer = Footer.parse(counted, FooterGenerator.OFFSET);
        assertThat(counted.bytesRead()).isLessThan(2L * bytes.length + 4096);
        long before = counted.bytesRead();
        ChunkEntries entries = footer.entries();
        for (int rowGroup = 0; rowGroup < footer.rowGroupCount(); rowGroup++) {
            entries.start(rowGroup);
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                entries.next();
            }
        }
        assertThat(counted.bytesRead() - before).isLessThan(2L * bytes.length + 4096);
    }
}

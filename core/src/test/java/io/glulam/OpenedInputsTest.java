package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a merge opens its inputs. */
class OpenedInputsTest {
    private static final int INPUTS = 1_200;

    @TempDir
    Path folder;

    @Test
    void anInputIsOpenedOnceForItsFooterAndOnceToBeMergedHoweverManyBecomeOneRowGroup() throws Exception {
        Path one = DuckDbFiles.write(
                "SELECT i AS a, 'text ' || i AS b, i % 3 AS c FROM range(10) t(i)",
                2048, "COMPRESSION snappy", folder.resolve("one.parquet"));
        CountingStore store = new CountingStore();
        List<Candidate> inputs = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            Path file = Files.copy(one, folder.resolve("part-%04d.parquet".formatted(i)));
            inputs.add(new Candidate(new ObjectRef(store, file.toString()), ""));
        }
        Path output = folder.resolve("merged.parquet");

        MergeReport report = new Merger(MergeOptions.defaults())
                .merge(FoundInputs.of(inputs), (group, index) -> LocalStore.object(output));

        assertThat(report.outputs()).hasSize(1);
        assertThat(store.opens)
                .hasSize(INPUTS)
                .allSatisfy((key, opens) -> assertThat(opens).isEqualTo(2));
        assertThat(rows(output)).containsExactly("12000", "54000");
    }

    private static List<String> rows(Path file) throws SQLException {
        try (DuckDbSession duck = DuckDbSession.open()) {
            return duck.rows("SELECT count(*), sum(a) FROM '" + file + "'").get(0);
        }
    }

    @Test
    void fewerStayOpenWhereFewFilesAreAllowedOrMemoryIsShort() {
        assertThat(JoinedInputs.maxOpen(1024, 16 << 20)).isEqualTo(512);
        assertThat(JoinedInputs.maxOpen(256, 16 << 20)).isEqualTo(128);
        assertThat(JoinedInputs.maxOpen(20_000, 16 << 20)).isEqualTo(4_096);
        assertThat(JoinedInputs.maxOpen(20_000, 64 << 20)).isEqualTo(5_000);
        assertThat(JoinedInputs.maxOpen(1 << 20, 1L << 30)).isEqualTo(10_000);
    }

    @Test
    void manyInputsLeaveTheBuffersLess() {
        CompactionOptions options = CompactionOptions.defaults().withBufferBytes(18L << 20);
        assertThat(JoinedInputs.withRoom(options, 10_000)).isSameAs(options);
        assertThat(JoinedInputs.withRoom(options, 100_000).bufferBytes()).isBetween(8L << 20, 9L << 20);
        assertThat(JoinedInputs.withRoom(options, 1_000_000).bufferBytes())
                .isEqualTo(CompactionOptions.MIN_BUFFER_BYTES);
    }

    /** Local files, whose openings are counted. */
    private static final class CountingStore implements ObjectStore, ObjectLister {
        private final Map<String, Integer> opens = new ConcurrentHashMap<>();

        @Override
        public String nameOf(String key) {
            return key;
        }

        @Override
        public StoreCapabilities capabilities() {
            return LocalStore.INSTANCE.capabilities();
        }

        @Override
        public RangeReader open(String key) {
            opens.merge(key, 1, Integer::sum);
            return LocalStore.INSTANCE.open(key);
        }

        @Override
        public void requireUnchanged(String key, long size, String version) {
            LocalStore.INSTANCE.requireUnchanged(key, size, version);
        }

        @Override
        public Traffic list(String prefix, String after, Predicate<ObjectFacts> next) {
            return LocalStore.INSTANCE.list(prefix, after, next);
        }

        @Override
        public Search find(String key) {
            return LocalStore.INSTANCE.find(key);
        }

        @Override
        public Search search(String prefix, int limit, Predicate<String> wanted) {
            return LocalStore.INSTANCE.search(prefix, limit, wanted);
        }

        @Override
        public ObjectWriter create(String key, WriteRequest object) {
            throw new UnsupportedOperationException(key);
        }
    }
}

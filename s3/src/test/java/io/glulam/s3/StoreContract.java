package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.local.DiskSpool;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store promises, whatever is behind it. */
abstract class StoreContract {
    private static final int LARGE = 23_000_001;

    /** The store; every test uses keys of its own. */
    abstract ObjectStore store();

    /** A key that nothing is under. */
    abstract String key();

    static String anyName() {
        return "contract " + UUID.randomUUID() + "/ü&a=b+c.bin";
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void put(String key, byte[] bytes) {
        try (ObjectWriter writer = store().create(
                        key,
                        WriteRequest.of(new PublishCondition.Replace(), bytes.length, DiskSpool.IN_SYSTEM_FOLDER))) {
            writer.append(ByteBuffer.wrap(bytes));
            writer.publish();
        }
    }

    private byte[] get(String key) {
        try (RangeReader reader = store().open(key)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
            reader.read(0, bytes);
            return bytes.array();
        }
    }

    private static boolean same(byte[] a, byte[] b) {
        return java.util.Arrays.equals(a, b);
    }

    @Test
    void whatIsPublishedIsThere() {
        for (int length : new int[] {1, 1000, 6 << 20, LARGE}) {
            String key = key();
            byte[] bytes = bytes(length, length);
            put(key, bytes);
            assertThat(same(get(key), bytes)).as("%d bytes", length).isTrue();
        }
    }

    @Test
    void anyRangeCanBeRead() {
        String key = key();
        byte[] bytes = bytes(2_000_000, 1);
        put(key, bytes);
        try (RangeReader reader = store().open(key)) {
            for (int[] range :
                    new int[][] {{0, 1}, {5, 999_999}, {1_999_999, 1}, {0, 2_000_000}, {1_400_000, 600_000}}) {
                ByteBuffer target = ByteBuffer.allocate(range[1]);
                reader.read(range[0], target);
                byte[] expected = java.util.Arrays.copyOfRange(bytes, range[0], range[0] + range[1]);
                assertThat(same(target.array(), expected)).isTrue();
            }
        }
    }

    @Test
    void nothingIsVisibleBeforeItIsPublished() {
        String key = key();
        try (ObjectWriter writer = store().create(
                        key, WriteRequest.of(new PublishCondition.Absent(), LARGE, DiskSpool.IN_SYSTEM_FOLDER))) {
            writer.append(ByteBuffer.wrap(bytes(LARGE, 1)));
            assertMissing(key);
        }
        assertMissing(key);
    }

    private void assertMissing(String key) {
        assertThatThrownBy(() -> store().open(key).close()).isInstanceOf(StorageFailed.class);
    }

    @Test
    void whatWasWrittenCanBeReadBackBefore() {
        byte[] bytes = bytes(300_000, 1);
        try (ObjectWriter writer = store().create(
                        key(), WriteRequest.of(new PublishCondition.Absent(), LARGE, DiskSpool.IN_SYSTEM_FOLDER))) {
            writer.append(ByteBuffer.wrap(bytes));
            ByteBuffer target = ByteBuffer.allocate(200_000);
            writer.read(50_000, target);
            assertThat(same(target.array(), java.util.Arrays.copyOfRange(bytes, 50_000, 250_000)))
                    .isTrue();
        }
    }

    @Test
    void rangesOfAnObjectAndLiteralsMakeANewOne() {
        String key = key();
        byte[] source = bytes(LARGE, 1);
        put(key, source);
        int[][] copies = {{0, 12_000_000}, {15_000_000, 100}, {15_000_100, 7_000_000}, {3, 5_500_000}};
        byte[] literal = bytes(70_000, 2);
        ByteBuffer expected = ByteBuffer.allocate(1 << 26);
        String made = key();
        try (RangeReader reader = store().open(key);
                ObjectWriter writer = store().create(
                                made,
                                WriteRequest.of(new PublishCondition.Absent(), LARGE, DiskSpool.IN_SYSTEM_FOLDER))) {
            for (int[] copy : copies) {
                writer.append(ByteBuffer.wrap(literal));
                writer.copy(reader, copy[0], copy[1]);
                expected.put(literal).put(source, copy[0], copy[1]);
            }
            assertThat(writer.position()).isEqualTo(expected.position());
            writer.publish();
        }
        assertThat(same(get(made), java.util.Arrays.copyOf(expected.array(), expected.position())))
                .isTrue();
    }

    @Test
    void absentRefusesWhatIsThere() {
        String key = key();
        byte[] bytes = bytes(100, 1);
        put(key, bytes);
        assertThatThrownBy(() -> store().create(
                                key, WriteRequest.of(new PublishCondition.Absent(), 1, DiskSpool.IN_SYSTEM_FOLDER)))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("exists");
        assertThat(get(key)).isEqualTo(bytes);
    }

    @Test
    void absentRefusesWhatIsThereAlthoughTheCallerFoundNothing() {
        String key = key();
        byte[] bytes = bytes(100, 1);
        put(key, bytes);
        WriteRequest wanted = WriteRequest.of(new PublishCondition.Absent(true), 1, DiskSpool.IN_SYSTEM_FOLDER);
        assertThatThrownBy(() -> {
                    try (ObjectWriter writer = store().create(key, wanted)) {
                        writer.append(ByteBuffer.wrap(bytes(1, 2)));
                        writer.publish();
                    }
                })
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("exists");
        assertThat(get(key)).isEqualTo(bytes);
    }

    @Test
    void absentRefusesWhatAppearsMeanwhile() {
        assumeThat(store().capabilities().conditionalPublish()).isTrue();
        String key = key();
        byte[] bytes = bytes(100, 1);
        try (ObjectWriter writer =
                store().create(key, WriteRequest.of(new PublishCondition.Absent(), 1, DiskSpool.IN_SYSTEM_FOLDER))) {
            writer.append(ByteBuffer.wrap(bytes(1, 2)));
            put(key, bytes);
            assertThatThrownBy(writer::publish).isInstanceOf(StorageFailed.class);
        }
        assertThat(get(key)).isEqualTo(bytes);
    }

    @Test
    void unchangedReplacesThatVersionOnly() {
        String key = key();
        put(key, bytes(100, 1));
        byte[] second = bytes(101, 2);
        byte[] third = bytes(102, 3);
        try (RangeReader reader = store().open(key)) {
            replace(key, reader, second);
            assertThat(get(key)).isEqualTo(second);
            assertThatThrownBy(() -> replace(key, reader, third)).isInstanceOf(SourceChanged.class);
        }
        assertThat(get(key)).isEqualTo(second);
    }

    private void replace(String key, RangeReader pinned, byte[] bytes) {
        try (ObjectWriter writer = store().create(
                        key,
                        WriteRequest.of(
                                new PublishCondition.Unchanged(pinned), bytes.length, DiskSpool.IN_SYSTEM_FOLDER))) {
            writer.append(ByteBuffer.wrap(bytes));
            writer.publish();
        }
    }

    @Test
    void readerTellsThatItsVersionIsGone() {
        String key = key();
        put(key, bytes(2_000_000, 1));
        try (RangeReader reader = store().open(key)) {
            reader.checkUnchanged();
            put(key, bytes(2_000_000, 2));
            assertThatThrownBy(reader::checkUnchanged).isInstanceOf(SourceChanged.class);
        }
    }

    @Test
    void backupHoldsWhatWasReplaced() {
        String key = key();
        byte[] old = bytes(6 << 20, 1);
        put(key, old);
        byte[] fresh = bytes(1000, 2);
        try (RangeReader reader = store().open(key)) {
            WriteRequest object = new WriteRequest(
                    new PublishCondition.Unchanged(reader),
                    fresh.length,
                    reader,
                    key + ".bak",
                    "mark",
                    () -> new MemorySpool(32 << 20));
            write(key, object, fresh);
        }
        assertThat(same(get(key), fresh)).isTrue();
        assertThat(same(get(key + ".bak"), old)).isTrue();
    }

    @Test
    void aBackupsKeyThatIsTakenIsNotOverwritten() {
        String key = key();
        byte[] old = bytes(1000, 1);
        byte[] other = bytes(1000, 3);
        put(key, old);
        put(key + ".bak", other);
        try (RangeReader reader = store().open(key)) {
            WriteRequest object = new WriteRequest(
                    new PublishCondition.Unchanged(reader),
                    1000,
                    reader,
                    key + ".bak",
                    "mark",
                    DiskSpool.IN_SYSTEM_FOLDER);
            assertThatThrownBy(() -> write(key, object, bytes(1000, 2))).isInstanceOf(StorageFailed.class);
        }
        assertThat(same(get(key), old)).isTrue();
        assertThat(same(get(key + ".bak"), other)).isTrue();
    }

    private void write(String key, WriteRequest object, byte[] bytes) {
        try (ObjectWriter writer = store().create(key, object)) {
            writer.append(ByteBuffer.wrap(bytes));
            writer.publish();
        }
    }

    @Test
    void listingFindsWhatIsThere() {
        assumeThat(store()).isInstanceOf(ObjectLister.class);
        String key = key();
        put(key, bytes(10, 1));
        List<ObjectFacts> found = new ArrayList<>();
        ((ObjectLister) store()).list(key.substring(0, key.lastIndexOf('/') + 1), found::add);
        assertThat(found).extracting(ObjectFacts::key).containsExactly(key);
        assertThat(found.get(0).size()).isEqualTo(10);
        try (RangeReader reader = store().open(key)) {
            assertThat(found.get(0).version()).isEqualTo(reader.version());
        }
    }

    @Test
    void aKeyIsFoundOrNot() {
        assumeThat(store()).isInstanceOf(ObjectLister.class);
        ObjectLister lister = (ObjectLister) store();
        String key = key();
        put(key + ".other", bytes(10, 1));
        assertThat(lister.find(key).key()).isNull();
        put(key, bytes(10, 1));
        assertThat(lister.find(key).key()).isEqualTo(key);
    }

    @Test
    void aFolderIsSearchedForAnObject() {
        assumeThat(store()).isInstanceOf(ObjectLister.class);
        ObjectLister lister = (ObjectLister) store();
        String key = key();
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        put(key + ".a", bytes(10, 1));
        put(key + ".b", bytes(10, 1));
        assertThat(lister.search(folder, 10, any -> any.endsWith(".b")).key()).isEqualTo(key + ".b");
        assertThat(lister.search(folder, 10, any -> any.endsWith(".c")).key()).isNull();
        assertThat(lister.search(folder + "none/", 10, any -> true).key()).isNull();
    }

    @Test
    void deletingRemovesWhatIsThere() {
        assumeThat(store()).isInstanceOf(ObjectRemover.class);
        String key = key();
        put(key, bytes(10, 1));
        ((ObjectRemover) store()).delete(key);
        ((ObjectRemover) store()).delete(key);
        assertMissing(key);
    }

    @Test
    void listingBeginsAfterAnyKey() {
        assumeThat(store()).isInstanceOf(ObjectLister.class);
        String key = key();
        for (String end : List.of(".1", ".2", ".3", ".ä")) {
            put(key + end, bytes(1, 1));
        }
        List<String> found = new ArrayList<>();

        ((ObjectLister) store()).list(key, key + ".2", facts -> found.add(facts.key()));

        assertThat(found).containsExactly(key + ".3", key + ".ä");
    }

    @Test
    void factsOfAnObjectAreThoseOfItsReader() {
        assumeThat(store()).isInstanceOf(ObjectLister.class);
        String key = key();
        assertThat(((ObjectLister) store()).facts(key)).isNull();
        put(key + ".other", bytes(10, 1));
        assertThat(((ObjectLister) store()).facts(key)).isNull();
        put(key, bytes(11, 1));
        ObjectFacts facts = ((ObjectLister) store()).facts(key);
        try (RangeReader reader = store().open(key)) {
            assertThat(facts).isNotNull();
            assertThat(facts.key()).isEqualTo(key);
            assertThat(facts.size()).isEqualTo(11);
            assertThat(facts.version()).isEqualTo(reader.version());
        }
    }

    @Test
    void onlyTheVersionThatIsMeantIsDeleted() {
        assumeThat(store()).isInstanceOf(ObjectRemover.class);
        ObjectRemover remover = (ObjectRemover) store();
        String key = key();
        put(key, bytes(10, 1));
        String old = version(key);
        put(key, bytes(10, 2));
        String now = version(key);

        assertThatThrownBy(() -> remover.delete(key, 10, old)).isInstanceOf(SourceChanged.class);
        assertThatThrownBy(() -> remover.delete(key, 11, now)).isInstanceOf(SourceChanged.class);
        assertThat(get(key)).isEqualTo(bytes(10, 2));

        remover.delete(key, 10, now);
        assertMissing(key);
        remover.delete(key, 10, now);
    }

    private String version(String key) {
        try (RangeReader reader = store().open(key)) {
            return reader.version();
        }
    }

    @Test
    void anObjectIsCreatedInAFolderThatWasMade() {
        String key = key() + "/new/folder/object.bin";
        store().makeFolder(key);
        put(key, bytes(10, 1));
        store().makeFolder(key);
        assertThat(get(key)).isEqualTo(bytes(10, 1));
    }
}

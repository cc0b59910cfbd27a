package io.glulam.tables.delta.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.shape.DeletedRows;
import io.glulam.tables.delta.engine.LogStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Deletion vectors as roaringbitmap's own writer makes them, sound and broken. */
class VectorReaderTest {
    private static final UUID ID = UUID.fromString("12345678-9abc-def0-1234-56789abcdef0");
    private static final String NAME = Base85Codec.encodeUUID(ID);
    private static final int MAGIC = 1_681_511_377;

    @TempDir
    private Path folder;

    private static byte[] bytes(RoaringBitmap... bitmaps) {
        int size = 12;
        for (RoaringBitmap rows : bitmaps) {
            size += 4 + rows.serializedSizeInBytes();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putLong(bitmaps.length);
        for (int i = 0; i < bitmaps.length; i++) {
            bytes.putInt(i);
            ByteBuffer rest = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
            bitmaps[i].serialize(rest);
            bytes.position(bytes.position() + bitmaps[i].serializedSizeInBytes());
        }
        return bytes.array();
    }

    private VectorReader reader() {
        return new VectorReader(
                new LogStore(LocalStore.INSTANCE, LocalStore.INSTANCE, ""), folder.toString(), 4L << 20);
    }

    /** Writes a file with a vector after {@code offset} bytes. */
    private void write(Path file, int offset, byte[] vector) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(vector);
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                ByteBuffer.allocate(offset + vector.length + 8)
                        .position(offset)
                        .putInt(vector.length)
                        .put(vector)
                        .putInt((int) checksum.getValue())
                        .array());
    }

    private Path file(String prefix) {
        return folder.resolve(prefix).resolve("deletion_vector_" + ID + ".bin");
    }

    private static DeletionVector inline(byte[] bytes, long rows) {
        String text = Base85Codec.encodeBytes(Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4));
        return new DeletionVector("i", text, null, bytes.length, rows);
    }

    private static DeletedRows rows(RoaringBitmap... bitmaps) {
        DeletedRows.Builder rows = new DeletedRows.Builder();
        for (int i = 0; i < bitmaps.length; i++) {
            long first = (long) i << 32;
            for (int row : bitmaps[i]) {
                rows.add(first + Integer.toUnsignedLong(row));
            }
        }
        return rows.build();
    }

    @Test
    void rowsAreThoseThatRoaringbitmapWrote() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            RoaringBitmap[] bitmaps = new RoaringBitmap[random.nextInt(3)];
            for (int i = 0; i < bitmaps.length; i++) {
                bitmaps[i] = drawn(random);
            }
            DeletedRows expected = rows(bitmaps);

            DeletedRows read = reader().read(inline(bytes(bitmaps), expected.count()));

            assertThat(read).as("seed " + seed).isEqualTo(expected);
        }
    }

    /** Containers of each kind: lists, bits and runs; of each number, also beyond where offsets are written. */
    private static RoaringBitmap drawn(Random random) {
        RoaringBitmap rows = new RoaringBitmap();
        int containers = random.nextInt(6);
        for (int i = 0; i < containers; i++) {
            long base = (long) (random.nextInt(i + 2) + (random.nextInt(9) == 0 ? 65_530 : 0)) << 16;
            switch (random.nextInt(3)) {
                case 0 ->
                    random.ints(random.nextInt(50), 0, 1 << 16).forEach(row -> rows.add(base + row, base + row + 1));
                case 1 -> random.ints(6_000, 0, 1 << 16).forEach(row -> rows.add(base + row, base + row + 1));
                default -> rows.add(base + random.nextInt(1 << 15), base + (1 << 15) + random.nextInt(1 << 15));
            }
        }
        if (random.nextBoolean()) {
            rows.runOptimize();
        }
        return rows;
    }

    @Test
    void vectorsLieInFilesOfTheTable() throws IOException {
        byte[] bytes = bytes(RoaringBitmap.bitmapOf(1, 5));
        write(file(""), 1, bytes);
        write(file("ü b%20"), 100, bytes);
        DeletedRows expected = DeletedRows.of(1, 5);

        assertThat(reader().read(new DeletionVector("u", NAME, 1, bytes.length, 2)))
                .isEqualTo(expected);
        assertThat(reader().read(new DeletionVector("u", "ü b%20" + NAME, 100, bytes.length, 2)))
                .isEqualTo(expected);
        for (String path : new String[] {file("").toString(), file("").toUri().toString()}) {
            assertThat(reader().read(new DeletionVector("p", path, 1, bytes.length, 2)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void placesOutsideOfTheTableAreNoPlaces() {
        for (DeletionVector vector : new DeletionVector[] {
            new DeletionVector("u", ".." + NAME, 1, 4, 1),
            new DeletionVector("u", "a/../../b" + NAME, 1, 4, 1),
            new DeletionVector("u", "/etc" + NAME, 1, 4, 1),
            new DeletionVector("u", "short", 1, 4, 1),
            new DeletionVector("u", "\u00e9".repeat(20), 1, 4, 1),
            new DeletionVector("p", "/etc/passwd", 1, 4, 1),
            new DeletionVector("p", folder + "/../x", 1, 4, 1),
            new DeletionVector("p", folder + "2/x", 1, 4, 1),
            new DeletionVector("p", "file://" + folder + "/%2e%2e/x", 1, 4, 1),
            new DeletionVector("p", "s3://bucket" + folder + "/x", 1, 4, 1),
            new DeletionVector("p", "a b", 1, 4, 1),
            new DeletionVector("x", NAME, 1, 4, 1)
        }) {
            assertThat(reader().isInside(vector)).as(vector.toString()).isFalse();
            assertThatThrownBy(() -> reader().read(vector))
                    .as(vector.toString())
                    .isInstanceOf(CorruptFile.class);
        }
    }

    @Test
    void filesThatAreNotWhatTheLogSaysAreRefused() throws IOException {
        byte[] bytes = bytes(RoaringBitmap.bitmapOf(1, 5));
        write(file(""), 1, bytes);
        DeletionVector sound = new DeletionVector("u", NAME, 1, bytes.length, 2);
        assertThat(reader().read(sound).count()).isEqualTo(2);

        assertRefused(new DeletionVector("u", NAME, 1, bytes.length, 3));
        assertRefused(new DeletionVector("u", NAME, 2, bytes.length, 2));
        assertRefused(new DeletionVector("u", NAME, -1, bytes.length, 2));
        assertRefused(new DeletionVector("u", NAME, null, bytes.length, 2));
        assertRefused(new DeletionVector("u", NAME, 1, bytes.length - 1, 2));
        assertRefused(new DeletionVector("u", NAME, 1, -1, 2));
        assertRefused(new DeletionVector("u", NAME, 1, Integer.MAX_VALUE, 2));
        byte[] file = Files.readAllBytes(file(""));
        for (int i = 1; i < file.length; i++) {
            byte[] broken = file.clone();
            broken[i] ^= 4;
            Files.write(file(""), broken);
            assertRefused(sound);
        }
        Files.write(file(""), Arrays.copyOf(file, file.length - 1));
        assertRefused(sound);
    }

    private void assertRefused(DeletionVector vector) {
        assertThatThrownBy(() -> reader().read(vector))
                .as(vector.toString())
                .isInstanceOfAny(CorruptFile.class, Unsupported.class);
    }

    /** A checksum guards no vector in the log: whatever its bytes are, they are rows, or they are refused. */
    @Test
    void bytesInTheLogNeverEndInAnotherError() {
        RoaringBitmap rows = RoaringBitmap.bitmapOf(3, 70_000, 200_000, 300_000);
        rows.add(500_000L, 520_000L);
        rows.runOptimize();
        byte[] sound = bytes(rows, RoaringBitmap.bitmapOf(9));
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] broken = i % 3 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            for (int k = 0; broken.length > 0 && k < 1 + i % 3; k++) {
                broken[random.nextInt(broken.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            try {
                assertThat(RoaringRows.parse(broken).end()).isNotNegative();
            } catch (CorruptFile | Unsupported refused) {
                assertThat(refused).hasMessageContaining("deletion vector");
            }
        }
        assertRefused(new DeletionVector("i", "\"".repeat(5), null, 4, 1));
        assertRefused(new DeletionVector("i", "00000", null, 40_000, 1));
    }
}

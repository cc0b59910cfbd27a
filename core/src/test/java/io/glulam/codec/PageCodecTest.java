package io.glulam.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.lzo.LzoCompressor;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.Lz4Framing;
import io.glulam.page.codec.PageCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageCodecTest {
    private static final long SEED = 20260101;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LZO")
    void unpacksWhatItPacked(CompressionCodec name) {
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                byte[] packed = pack(codec, body);
                assertThat(unpack(codec, packed, body.length))
                        .as(describe(name, body))
                        .isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LZO")
    void packsTheSameBytesEveryTime(CompressionCodec name) {
        try (PageCodec used = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                try (PageCodec fresh = JvmCodecs.INSTANCE.of(name)) {
                    assertThat(pack(used, body)).as(describe(name, body)).isEqualTo(pack(fresh, body));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"SNAPPY", "GZIP", "ZSTD", "LZ4", "LZ4_RAW"})
    void agreesWithParquetJavaInBothDirections(CompressionCodec name) throws IOException {
        CodecFactory factory = new CodecFactory(new Configuration(false), 1 << 20);
        CompressionCodecName theirName = CompressionCodecName.valueOf(name.name());
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                byte[] theirs = factory.getCompressor(theirName)
                        .compress(BytesInput.from(body))
                        .toByteArray();
                assertThat(unpack(codec, theirs, body.length))
                        .as(describe(name, body))
                        .isEqualTo(body);
                byte[] ours = pack(codec, body);
                byte[] read = factory.getDecompressor(theirName)
                        .decompress(BytesInput.from(ours), body.length)
                        .toByteArray();
                assertThat(read).as(describe(name, body)).isEqualTo(body);
            }
        } finally {
            factory.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noBytesAreNoBytes(CompressionCodec name) {
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            codec.decompress(new byte[0], 0, 0, new byte[0], 0, 0);
            assertThatThrownBy(() -> codec.decompress(new byte[0], 0, 0, new byte[1], 0, 1))
                    .isInstanceOf(CorruptFile.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongUncompressedLengthIsCorrupt(CompressionCodec name) throws IOException {
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                byte[] packed = packed(name, body);
                for (int wrong : new int[] {0, body.length - 1, body.length + 1, 2 * body.length + 100}) {
                    if (wrong >= 0 && wrong != body.length) {
                        assertThatThrownBy(() -> unpack(codec, packed, wrong))
                                .as(describe(name, body) + " as " + wrong)
                                .isInstanceOf(CorruptFile.class);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void truncatedBodiesAreCorrupt(CompressionCodec name) throws IOException {
        Random random = new Random(SEED);
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                byte[] packed = packed(name, body);
                for (int i = 0; i < 10 && body.length > 0; i++) {
                    byte[] cut = Arrays.copyOf(packed, random.nextInt(packed.length));
                    assertThatThrownBy(() -> unpack(codec, cut, body.length))
                            .as(describe(name, body) + " cut to " + cut.length)
                            .isInstanceOf(CorruptFile.class);
                }
            }
        }
    }

    /** Damage may go unnoticed where a codec has no checksum; it must never do more than give wrong bytes. */
    @ParameterizedTest
    @EnumSource
    void damagedBodiesAreCorruptOrUnpackWithinTheirTarget(CompressionCodec name) throws IOException {
        Random random = new Random(SEED);
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                byte[] packed = packed(name, body);
                for (int i = 0; i < 60 && packed.length > 0; i++) {
                    byte[] damaged = packed.clone();
                    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                        int at = i % 2 == 0
                                ? random.nextInt(packed.length)
                                : random.nextInt(Math.min(20, packed.length));
                        damaged[at] ^= (byte) (1 << random.nextInt(8));
                    }
                    expectNothingWorseThanCorruption(codec, damaged, body.length, describe(name, body));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noiseIsCorruptOrUnpacksWithinItsTarget(CompressionCodec name) {
        Random random = new Random(SEED);
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            for (int i = 0; i < 20_000; i++) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                expectNothingWorseThanCorruption(codec, noise, random.nextInt(1000), name + ", noise " + i);
            }
        }
    }

    @Test
    void aGzipBodyMayHaveSeveralMembersAndOptionalHeaderFields() throws IOException {
        byte[] first = "glued laminated".getBytes();
        byte[] second = " timber".getBytes();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(withOptionalHeaderFields(gzip(first)));
        packed.write(gzip(new byte[0]));
        packed.write(gzip(second));
        try (PageCodec codec = JvmCodecs.INSTANCE.of(CompressionCodec.GZIP)) {
            byte[] unpacked = unpack(codec, packed.toByteArray(), first.length + second.length);
            assertThat(new String(unpacked)).isEqualTo("glued laminated timber");
        }
    }

    @Test
    void noBitFlippedInAGzipMemberGivesOtherBytes() throws IOException {
        byte[] body = PageBodies.generate(SEED).get(14);
        byte[] packed = gzip(body);
        try (PageCodec codec = JvmCodecs.INSTANCE.of(CompressionCodec.GZIP)) {
            for (int bit = 10 * 8; bit < Math.min(packed.length, 400) * 8; bit++) {
                byte[] damaged = packed.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    assertThat(unpack(codec, damaged, body.length))
                            .as("seed %d, bit %d", SEED, bit)
                            .isEqualTo(body);
                } catch (CorruptFile noticed) {
                    assertThat(noticed).hasMessageContaining("GZIP");
                }
            }
        }
    }

    @Test
    void lz4ReadsRawBlocksAndTellsThemFromHadoopsFraming() {
        try (PageCodec lz4 = JvmCodecs.INSTANCE.of(CompressionCodec.LZ4);
                PageCodec raw = JvmCodecs.INSTANCE.of(CompressionCodec.LZ4_RAW)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                byte[] framed = pack(lz4, body);
                byte[] bare = pack(raw, body);
                String what = describe(CompressionCodec.LZ4, body);
                assertThat(Lz4Framing.detect(framed, 0, framed.length, body.length))
                        .as(what)
                        .isEqualTo(Lz4Framing.HADOOP);
                assertThat(Lz4Framing.detect(bare, 0, bare.length, body.length))
                        .as(what)
                        .isEqualTo(Lz4Framing.RAW);
                assertThat(unpack(lz4, bare, body.length)).as(what).isEqualTo(body);
            }
        }
    }

    @Test
    void lz4ReadsHadoopBlocksOfSeveralChunks() throws IOException {
        byte[] body = PageBodies.generate(SEED).get(29);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(framed);
        out.writeInt(body.length);
        try (PageCodec lz4 = JvmCodecs.INSTANCE.of(CompressionCodec.LZ4);
                PageCodec raw = JvmCodecs.INSTANCE.of(CompressionCodec.LZ4_RAW)) {
            for (int at = 0; at < body.length; at += 50_000) {
                byte[] chunk = pack(raw, Arrays.copyOfRange(body, at, Math.min(body.length, at + 50_000)));
                out.writeInt(chunk.length);
                out.write(chunk);
            }
            assertThat(unpack(lz4, framed.toByteArray(), body.length)).isEqualTo(body);
        }
    }

    @Test
    void lzoIsReadButNotWritten() throws IOException {
        try (PageCodec codec = JvmCodecs.INSTANCE.of(CompressionCodec.LZO)) {
            for (byte[] body : PageBodies.generate(SEED)) {
                byte[] packed = packed(CompressionCodec.LZO, body);
                assertThat(unpack(codec, packed, body.length))
                        .as(describe(CompressionCodec.LZO, body))
                        .isEqualTo(body);
            }
            assertThat(CompressionCodec.LZO.isWritten()).isFalse();
            assertThatThrownBy(() -> codec.compress(new byte[1], 0, 1, new byte[100], 0))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("LZO");
        }
    }

    private static void expectNothingWorseThanCorruption(PageCodec codec, byte[] packed, int length, String what) {
        byte[] target = new byte[length + 20];
        Arrays.fill(target, (byte) 0x5a);
        try {
            codec.decompress(packed, 0, packed.length, target, 10, length);
        } catch (GlulamException expected) {
            assertThat(expected).as(what).isInstanceOf(CorruptFile.class);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(List.of(target[i], target[length + 10 + i])).as(what).containsOnly((byte) 0x5a);
        }
    }

    private static byte[] pack(PageCodec codec, byte[] body) {
        byte[] source = new byte[body.length + 5];
        System.arraycopy(body, 0, source, 3, body.length);
        byte[] target = new byte[codec.maxCompressedLength(body.length) + 4];
        int length = codec.compress(source, 3, body.length, target, 4);
        return Arrays.copyOfRange(target, 4, 4 + length);
    }

    private static byte[] unpack(PageCodec codec, byte[] packed, int length) {
        byte[] source = new byte[packed.length + 5];
        System.arraycopy(packed, 0, source, 3, packed.length);
        byte[] target = new byte[length + 7];
        codec.decompress(source, 3, packed.length, target, 2, length);
        return Arrays.copyOfRange(target, 2, 2 + length);
    }

    private static byte[] packed(CompressionCodec name, byte[] body) throws IOException {
        if (name == CompressionCodec.LZO) {
            return lzo(body);
        }
        try (PageCodec codec = JvmCodecs.INSTANCE.of(name)) {
            return pack(codec, body);
        }
    }

    private static byte[] lzo(byte[] body) throws IOException {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(framed);
        LzoCompressor compressor = new LzoCompressor();
        for (int at = 0; at < body.length; at += 200_000) {
            int length = Math.min(200_000, body.length - at);
            byte[] block = new byte[compressor.maxCompressedLength(length)];
            int packed = compressor.compress(body, at, length, block, 0, block.length);
            out.writeInt(length);
            out.writeInt(packed);
            out.write(block, 0, packed);
        }
        return framed.toByteArray();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }

    private static byte[] withOptionalHeaderFields(byte[] member) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = Arrays.copyOf(member, 10);
        header[3] = 2 | 4 | 8 | 16;
        out.writeBytes(header);
        out.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
        out.writeBytes("name\0comment\0".getBytes());
        out.writeBytes(new byte[] {0, 0});
        out.write(member, 10, member.length - 10);
        return out.toByteArray();
    }

    private static String describe(CompressionCodec name, byte[] body) {
        return name + ", seed " + SEED + ", body of " + body.length + " bytes, hash " + Arrays.hashCode(body);
    }
}

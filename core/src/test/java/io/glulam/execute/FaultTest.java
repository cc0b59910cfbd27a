package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.VerificationFailed;
import io.glulam.execute.support.Compaction;
import io.glulam.execute.support.MemoryWriter;
import io.glulam.plan.Verify;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.RangeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A compaction that goes wrong on the way between source and output is refused. */
@Tag("once")
class FaultTest {
    @TempDir
    Path folder;

    /** What goes wrong while the output is written. */
    enum WritingFault {
        A_FLIPPED_BIT {
            @Override
            void write(ByteBuffer literal, MemoryWriter out) {
                byte[] bytes = bytes(literal);
                bytes[bytes.length / 2] ^= 4;
                out.append(ByteBuffer.wrap(bytes));
            }
        },
        A_LOST_PAGE {
            @Override
            void write(ByteBuffer literal, MemoryWriter out) {
                literal.position(literal.limit());
            }
        },
        A_PAGE_TWICE {
            @Override
            void write(ByteBuffer literal, MemoryWriter out) {
                byte[] bytes = bytes(literal);
                out.append(ByteBuffer.wrap(bytes));
                out.append(ByteBuffer.wrap(bytes));
            }
        },
        A_SHIFTED_SEAM {
            @Override
            void write(ByteBuffer literal, MemoryWriter out) {
                byte[] bytes = bytes(literal);
                out.append(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
                out.append(ByteBuffer.wrap(bytes, 0, 1));
            }
        },
        A_TORN_WRITE {
            @Override
            void write(ByteBuffer literal, MemoryWriter out) {
                byte[] bytes = bytes(literal);
                out.append(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
            }
        };

        abstract void write(ByteBuffer literal, MemoryWriter out);

        static byte[] bytes(ByteBuffer literal) {
            byte[] bytes = new byte[literal.remaining()];
            literal.get(bytes);
            return bytes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenWronglyIsNotPublished(WritingFault fault) throws IOException {
        int writes;
        try (Compaction sound = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
            writes = sound.run(new CountingWriter()).writes;
        }
        for (int faulty = 0; faulty < writes; faulty += 1 + writes / 12) {
            try (Compaction compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
                FaultyWriter out = new FaultyWriter(fault, faulty);
                assertThatThrownBy(() -> compaction.run(out))
                        .as("write %d of %d", faulty, writes)
                        .isInstanceOf(VerificationFailed.class);
                assertThat(out.published()).isFalse();
            }
        }
    }

    @Test
    void aKeptRowGroupFromTheWrongPlaceIsNotPublished() throws IOException {
        for (long wrong : new long[] {-1, 1, 64, 5_000}) {
            try (Compaction compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
                MemoryWriter out = new MemoryWriter() {
                    @Override
                    public void copy(RangeReader source, long offset, long length) {
                        super.copy(source, offset + wrong, length);
                    }
                };
                assertThatThrownBy(() -> compaction.run(out))
                        .as("wrong by %d", wrong)
                        .isInstanceOf(VerificationFailed.class);
            }
        }
    }

    @Test
    void aKeptRowGroupCutOffIsNotPublished() throws IOException {
        try (Compaction compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
            MemoryWriter out = new MemoryWriter() {
                @Override
                public void copy(RangeReader source, long offset, long length) {
                    super.copy(source, offset, length - 1);
                }
            };
            assertThatThrownBy(() -> compaction.run(out)).isInstanceOf(VerificationFailed.class);
        }
    }

    @Test
    void aStoreThatDoesNotReadBackIsNotMistakenForAWrongOutput() throws IOException {
        int reads;
        try (Compaction sound = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
            reads = sound.run(new UnreadableWriter(Integer.MAX_VALUE)).reads;
        }
        for (int readable = 0; readable < reads; readable += 1 + reads / 50) {
            try (Compaction compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
                UnreadableWriter out = new UnreadableWriter(readable);
                assertThatThrownBy(() -> compaction.run(out))
                        .as("after %d of %d reads", readable, reads)
                        .isInstanceOf(StorageFailed.class);
            }
        }
    }

    @Test
    void aFullDiskStopsTheRunAtOnce() throws IOException {
        for (int writes : new int[] {0, 1, 5, 20}) {
            try (Compaction compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
                MemoryWriter out = new MemoryWriter() {
                    private int left = writes;

                    @Override
                    public synchronized void append(ByteBuffer literal) {
                        if (left-- <= 0) {
                            throw new StorageFailed(Place.UNKNOWN, "no space left on the device", null);
                        }
                        super.append(literal);
                    }
                };
                assertThatThrownBy(() -> compaction.run(out))
                        .isInstanceOf(StorageFailed.class)
                        .hasMessageContaining("no space left");
            }
        }
    }

    static Stream<LongUnaryOperator> shifts() {
        return Stream.of(position -> position + 1, position -> position - 1, position -> position + 100);
    }

    @ParameterizedTest
    @MethodSource("shifts")
    void aMovedRangeThatIsShiftedIsNotPublished(LongUnaryOperator shift) throws IOException {
        try (Compaction compaction = Compaction.of(
                folder, WriterVersion.PARQUET_1_0, Verify.STRUCTURE, reader -> new ShiftingReader(reader, shift))) {
            assertThatThrownBy(() -> compaction.run(new MemoryWriter())).isInstanceOf(VerificationFailed.class);
        }
    }

    @Test
    void aBodyThatOnlyItsValuesGiveAwayIsNotPublishedWhereValuesAreVerified() throws IOException {
        try (Compaction compaction =
                Compaction.of(folder, WriterVersion.PARQUET_1_0, Verify.STRUCTURE, FlippingReader::new)) {
            assertThatCode(() -> compaction.run(new MemoryWriter())).doesNotThrowAnyException();
        }
        try (Compaction compaction =
                Compaction.of(folder, WriterVersion.PARQUET_1_0, Verify.VALUES, FlippingReader::new)) {
            assertThatThrownBy(() -> compaction.run(new MemoryWriter())).isInstanceOf(VerificationFailed.class);
        }
    }

    @Test
    void withoutAFaultBothDepthsPass() throws IOException {
        for (Verify verify : Verify.values()) {
            for (WriterVersion version : WriterVersion.values()) {
                try (Compaction compaction = Compaction.of(folder, version, verify)) {
                    assertThatCode(() -> compaction.run(new MemoryWriter())).doesNotThrowAnyException();
                }
            }
        }
    }

    private static final class CountingWriter extends MemoryWriter {
        private int writes;

        @Override
        public void append(ByteBuffer literal) {
            writes++;
            super.append(literal);
        }
    }

    /** What was written can be read back so many times. */
    private static final class UnreadableWriter extends MemoryWriter {
        private final int readable;
        private int reads;

        UnreadableWriter(int readable) {
            this.readable = readable;
        }

        @Override
        public synchronized void read(long position, ByteBuffer target) {
            if (reads++ >= readable) {
                throw new StorageFailed(Place.UNKNOWN, "the store does not answer", null);
            }
            super.read(position, target);
        }
    }

    /** One write goes wrong. */
    private static final class FaultyWriter extends MemoryWriter {
        private final WritingFault fault;
        private int left;

        FaultyWriter(WritingFault fault, int faulty) {
            this.fault = fault;
            this.left = faulty;
        }

        @Override
        public synchronized void append(ByteBuffer literal) {
            if (left-- == 0) {
                fault.write(literal, this);
            } else {
                super.append(literal);
            }
        }
    }

    /** Reads ranges that are moved, which take direct buffers, from the wrong place. */
    private static final class ShiftingReader extends ForwardingReader {
        private final LongUnaryOperator shift;

        ShiftingReader(RangeReader reader, LongUnaryOperator shift) {
            super(reader);
            this.shift = shift;
        }

        @Override
        public void read(long position, ByteBuffer target) {
            delegate().read(target.isDirect() ? shift.applyAsLong(position) : position, target);
        }
    }

    /** Flips the last bit of every range that is moved: in the last page's body. */
    private static final class FlippingReader extends ForwardingReader {
        FlippingReader(RangeReader reader) {
            super(reader);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            delegate().read(position, target);
            if (target.isDirect()) {
                int last = target.limit() - 1;
                target.put(last, (byte) (target.get(last) ^ 1));
            }
        }
    }
}

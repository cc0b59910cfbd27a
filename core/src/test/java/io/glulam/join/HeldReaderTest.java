package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.storage.ForwardingReader;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeReader;
import io.glulam.storage.support.BytesReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader that holds some bytes does not read them again, and gives the object's bytes for every range. */
@Tag("once")
class HeldReaderTest {
    private final byte[] bytes = bytes(100);
    private final BytesReader file = new BytesReader("some.parquet", bytes);

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(RangeReader reader, int from, int length) {
        byte[] read = new byte[length];
        reader.read(from, ByteBuffer.wrap(read));
        return read;
    }

    private static byte[] transferred(RangeReader reader, int from, int length) {
        byte[] taken = new byte[length];
        reader.transfer(from, length, (at, some) -> some.get(taken, (int) at - from, some.remaining()));
        return taken;
    }

    @Test
    void everyRangeHasTheBytesOfTheFile() {
        HeldReader reader = HeldReader.ofEnd(file, 30);
        for (int from = 0; from <= bytes.length; from++) {
            for (int length = 0; from + length <= bytes.length; length++) {
                byte[] expected = Arrays.copyOfRange(bytes, from, from + length);
                assertThat(read(reader, from, length)).isEqualTo(expected);
                assertThat(transferred(reader, from, length)).isEqualTo(expected);
            }
        }
    }

    @Test
    void theFileIsAskedForWhatIsNotHeldAlone() {
        HeldReader reader = HeldReader.ofEnd(file, 30);

        read(reader, 70, 30);
        read(reader, 60, 20);
        read(reader, 0, 10);

        assertThat(file.reads()).containsExactly("70+30", "60+10", "0+10");
    }

    @Test
    void ofAShortFileAllIsHeld() {
        HeldReader reader = HeldReader.ofEnd(file, 1000);

        assertThat(read(reader, 0, 100)).isEqualTo(bytes);
        assertThat(file.reads()).containsExactly("0+100");
        assertThat(reader.heldFrom()).isZero();
    }

    @Test
    void aFileThatIsReadInPiecesIsLookedAtForItsVersion() {
        Remote disk = new Remote(file, false);
        HeldReader.ofEnd(disk, 1000).checkUnchanged();
        assertThat(disk.checks).isOne();
        assertThat(HeldReader.ofEnd(disk, 30).isRemote()).isFalse();

        Remote store = new Remote(file, true);
        HeldReader part = HeldReader.ofEnd(store, 30);
        part.checkUnchanged();
        assertThat(store.checks).isOne();
        assertThat(part.isRemote()).isTrue();
    }

    @Test
    void bytesThatOneRequestBroughtAreOneVersion() {
        Remote store = new Remote(file, true);
        HeldReader whole = HeldReader.ofEnd(store, 1000);
        whole.checkUnchanged();

        assertThat(store.checks).isZero();
        assertThat(whole.isRemote()).isFalse();
    }

    @Test
    void inputsOfAStoreLieInTheSpoolOneAfterTheOther() {
        byte[] others = bytes(50);
        BytesReader other = new BytesReader("other.parquet", others);
        List<HeldReader> readers = new ArrayList<>();
        try (InputSpool spool = new InputSpool(() -> new MemorySpool(1 << 20))) {
            for (Remote store : List.of(new Remote(file, true).heldFrom(70), new Remote(other, true).heldFrom(0))) {
                HeldBytes held = spool.hold(store);
                assertThat(held).isNotNull();
                readers.add(new HeldReader(store, held));
            }
            assertThat(read(readers.get(0), 50, 50)).isEqualTo(Arrays.copyOfRange(bytes, 50, 100));
            assertThat(read(readers.get(1), 0, 50)).isEqualTo(others);
            assertThat(spool.hold(new Remote(file, false))).isNull();
        }
        assertThat(file.reads()).containsExactly("70+30", "50+20");
    }

    /** Counts how often its version is looked at. */
    private static final class Remote extends ForwardingReader {
        private final boolean remote;
        private long heldFrom;
        private int checks;

        Remote(RangeReader origin, boolean remote) {
            super(origin);
            this.remote = remote;
        }

        Remote heldFrom(long from) {
            heldFrom = from;
            return this;
        }

        @Override
        public boolean isRemote() {
            return remote;
        }

        @Override
        public long heldFrom() {
            return heldFrom;
        }

        @Override
        public void read(long position, ByteBuffer target) {
            delegate().read(position, target);
        }

        @Override
        public void checkUnchanged() {
            checks++;
        }
    }
}

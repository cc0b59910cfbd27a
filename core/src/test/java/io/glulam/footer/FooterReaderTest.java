package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.storage.support.BytesReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FooterReaderTest {
    private static final long MAX = 4 << 20;

    private static byte[] file(String head, int dataBytes, byte[] footer, int length, String tail) {
        ByteBuffer file = ByteBuffer.allocate(4 + dataBytes + footer.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.put(head.getBytes(StandardCharsets.US_ASCII));
        file.position(4 + dataBytes);
        file.put(footer).putInt(length).put(tail.getBytes(StandardCharsets.US_ASCII));
        return file.array();
    }

    private static byte[] soundFile(int dataBytes, int comment) {
        byte[] footer = new HandmadeFooter()
                .inFile(out -> out.binaryField(6, new byte[comment]))
                .write();
        return file("PAR1", dataBytes, footer, footer.length, "PAR1");
    }

    private static Footer read(byte[] file) {
        return FooterReader.read(new BytesReader("some.parquet", file), MAX);
    }

    @Test
    void readsASmallFileAtOnce() {
        BytesReader source = new BytesReader("some.parquet", soundFile(1000, 10));
        Footer footer = FooterReader.read(source, MAX);
        assertThat(footer.rowCount()).isEqualTo(10);
        assertThat(footer.offsetInFile()).isEqualTo(1004);
        assertThat(source.reads()).hasSize(1);
    }

    @Test
    void readsTheRestOfALongFooterOnly() {
        BytesReader source = new BytesReader("some.parquet", soundFile(100_000, 200_000));
        Footer footer = FooterReader.read(source, MAX);
        assertThat(footer.createdBy()).hasSize(200_000);
        int tail = 8192;
        long rest = source.size() - tail - 100_004;
        assertThat(source.reads()).containsExactly((source.size() - tail) + "+" + tail, "0+4", "100004+" + rest);
    }

    @Test
    void refusesWhatIsNotParquet() {
        assertNotParquet(new byte[0], "it is empty");
        assertNotParquet(new byte[11], "it is only 11 bytes long");
        assertNotParquet(new byte[100], "it does not end with PAR1");
        assertNotParquet(
                file("PAR1", 100, new byte[10], 10, "ABCD"),
                "it begins with PAR1, but does not end with it; it may have been cut short");
        assertNotParquet(file("ABCD", 100, new byte[10], 10, "PAR1"), "it does not begin with PAR1");
    }

    private static void assertNotParquet(byte[] file, String why) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(CorruptFile.class)
                .hasMessage("some.parquet: not a Parquet file: " + why);
    }

    @Test
    void refusesAnEncryptedFooter() {
        assertThatThrownBy(() -> read(file("PARE", 100, new byte[10], 10, "PARE")))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("encrypted");
    }

    @Test
    void refusesAFooterLongerThanTheFile() {
        for (int length : new int[] {115, Integer.MAX_VALUE, -1}) {
            assertThatThrownBy(() -> read(file("PAR1", 100, new byte[10], length, "PAR1")))
                    .isInstanceOf(CorruptFile.class)
                    .hasMessageContaining("the footer's length is " + Integer.toUnsignedLong(length));
        }
    }

    @Test
    void refusesAnEmptyFooter() {
        assertThatThrownBy(() -> read(file("PAR1", 0, new byte[0], 0, "PAR1"))).isInstanceOf(CorruptFile.class);
    }

    @Test
    void leavesAFooterWhereItIsThatIsLongForTheMemory() {
        byte[] file = soundFile(1000, 70_000);
        BytesReader source = new BytesReader("some.parquet", file);
        Footer footer = FooterReader.read(source, 4 * 70_000);
        assertThat(footer.bytes()).isEqualTo(new FooterBytes.InObject(source, 1004, file.length - 1012));
        assertThat(footer.createdBy()).hasSize(70_000);
        assertThat(FooterReader.read(source, 4 * 80_000).bytes()).isInstanceOf(FooterBytes.Resident.class);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] file = soundFile(1000, 10);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(CorruptFile.class);
        }
    }
}

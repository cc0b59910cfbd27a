package io.glulam.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.manifest.Manifest.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a manifest tells, and its form. */
class ManifestTest {
    private static final RecordedOutput FIRST = new RecordedOutput("part-00000.parquet", 10, "v", "sha256:00");
    private static final RecordedOutput SECOND = new RecordedOutput("dt=1/part-00001.parquet", 20, "", "sha256:01");
    private static final RecordedInput A =
            new RecordedInput("/in/a.parquet", 5, "(ino=7):5:100", 2, true, 0, List.of(FIRST.name()));
    private static final RecordedInput B =
            new RecordedInput("/in/b \"ü\".parquet", 6, "\"etag\"", 1, false, 0, List.of(FIRST.name(), SECOND.name()));

    private static final Manifest MANIFEST = new Manifest(
            3,
            Map.of(FIRST.name(), FIRST),
            Map.of(A.name(), A),
            new Intent(SECOND, List.of(B)),
            new Journal(2, "/kept", List.of(A.name())));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(read(written(MANIFEST))).isEqualTo(MANIFEST);
        assertThat(read(written(Manifest.EMPTY))).isEqualTo(Manifest.EMPTY);
    }

    @Test
    void aPendingOutputCountsOnceItIsSettled() {
        assertThat(MANIFEST.stateOf(B.name(), 6, "\"etag\"")).isEqualTo(State.NEW);
        Manifest settled = MANIFEST.settled("w");
        assertThat(settled.stateOf(B.name(), 6, "\"etag\"")).isEqualTo(State.PARTLY);
        assertThat(settled.rowGroupsOf(B.name())).isEqualTo(1);
        assertThat(settled.outputs()).containsOnlyKeys(FIRST.name(), SECOND.name());
        assertThat(settled.pending()).isNull();
        assertThat(MANIFEST.abandoned().settled("w").outputs()).containsOnlyKeys(FIRST.name());
    }

    @Test
    void anInputIsTheSameByItsSizeAndItsVersionButNotByItsDevice() {
        assertThat(MANIFEST.stateOf(A.name(), 5, "(dev=fd00,ino=7):5:100")).isEqualTo(State.MERGED);
        assertThat(MANIFEST.stateOf(A.name(), 5, "(dev=1,ino=7):5:100")).isEqualTo(State.MERGED);
        assertThat(MANIFEST.stateOf(A.name(), 5, "(dev=fd00,ino=8):5:100")).isEqualTo(State.CHANGED);
        assertThat(MANIFEST.stateOf(A.name(), 5, "(dev=fd00,ino=7):5:101")).isEqualTo(State.CHANGED);
        assertThat(MANIFEST.stateOf(A.name(), 6, "(dev=fd00,ino=7):5:100")).isEqualTo(State.CHANGED);
        assertThat(MANIFEST.stateOf("/in/c.parquet", 5, "(dev=fd00,ino=7):5:100"))
                .isEqualTo(State.NEW);
    }

    @Test
    void everythingElseIsRefused() {
        String sound = written(MANIFEST);
        for (String forged : List.of(
                "",
                "[]",
                "{}",
                sound.replace("\"fence\"", "\"fense\""),
                sound.replace("\"fence\":3", "\"fence\":3.5"),
                sound.replace("\"fence\":3", "\"fence\":99999999999999999999"),
                sound.replace("dt=1/", "../"),
                sound.replace("dt=1/", "/"),
                sound.replace("dt=1/", "a//"),
                sound.replace("dt=1/", "./"),
                sound.replace("\"whole\":true", "\"whole\":1"),
                sound.replace("part-00001.parquet", "part-00001.txt"),
                sound.replace("\"digest\":\"sha256:00\"", "\"digest\":null"),
                sound + " {}")) {
            assertThatThrownBy(() -> read(forged))
                    .as(forged)
                    .isInstanceOf(CorruptFile.class)
                    .hasMessageContaining("not a manifest");
        }
        assertThatThrownBy(() -> read(sound.replace("\"version\":1,\"fence", "\"version\":2,\"fence")))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("newer");
    }

    @Test
    void outputsAreNumberedWithinTheirGroup() {
        assertThat(OutputName.of("", 7)).isEqualTo("part-00007.parquet");
        assertThat(OutputName.of("dt=1", 123456)).isEqualTo("dt=1/part-123456.parquet");
        assertThat(OutputName.index("dt=1", "dt=1/part-123456.parquet")).isEqualTo(123456);
        for (String other : List.of(
                "part-00001.parquet",
                "dt=1/part-.parquet",
                "dt=1/part-1a.parquet",
                "dt=1/part-0123456789.parquet",
                "dt=1/x/part-00001.parquet",
                "dt=1/part.parquet")) {
            assertThat(OutputName.index("dt=1", other)).as(other).isEqualTo(-1);
        }
    }

    private static String written(Manifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ManifestJson.write(manifest, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Manifest read(String json) {
        return ManifestJson.read("m", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}

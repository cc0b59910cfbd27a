package io.glulam.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private static final long THRESHOLD = 1000;

    @Test
    void aBarIsToScaleInEighthsOfACell() {
        Glyphs glyphs = Glyphs.of(StandardCharsets.UTF_8);

        assertThat(glyphs.bar(1, 4)).isEqualTo("████");
        assertThat(glyphs.bar(0.5, 4)).isEqualTo("██");
        assertThat(glyphs.bar(0.375, 3)).isEqualTo("█▏");
        assertThat(glyphs.bar(0, 4)).isEmpty();
    }

    @Test
    void whatIsThereIsSeenHoweverSmall() {
        assertThat(Glyphs.of(StandardCharsets.UTF_8).bar(1e-9, 4)).isEqualTo("▏");
    }

    @Test
    void aCharacterSetWithoutBlocksGetsPlainSigns() {
        Glyphs glyphs = Glyphs.of(StandardCharsets.US_ASCII);

        assertThat(glyphs.bar(0.5, 4)).isEqualTo("##");
        assertThat(line(StandardCharsets.US_ASCII, 8, 3000, 3000, 500, 500, 500, 500))
                .isEqualTo("##|##|..");
    }

    @Test
    void healthyRowGroupsAreSolidWithASeamBetweenThem() {
        assertThat(line(8, 4000, 4000)).isEqualTo("███▉████");
    }

    @Test
    void fragmentsAreLight() {
        assertThat(line(8, 500, 500, 500, 500, 500, 500, 500, 500, 4000)).isEqualTo("░░░░████");
    }

    @Test
    void fragmentsOfSeveralCellsAreToldApart() {
        assertThat(line(6, 900, 900)).isEqualTo("░░░▒▒▒");
    }

    @Test
    void oneRowGroupAndManyThousandsFillTheSameLine() {
        long[] many = new long[20_000];
        Arrays.fill(many, 10);

        assertThat(line(70, 5000)).isEqualTo("█".repeat(70));
        assertThat(line(70, many)).isEqualTo("░".repeat(70));
    }

    @Test
    void aSmallerFileIsDrawnShorter() {
        FilePicture picture = new FilePicture(THRESHOLD, new long[] {4000});

        assertThat(picture.draw(output(StandardCharsets.UTF_8), 8, 8000)).isEqualTo("████");
        assertThat(picture.draw(output(StandardCharsets.UTF_8), 8, 1_000_000)).isEqualTo("█");
    }

    @Test
    void emptyRowGroupsAndEmptyFilesDrawNothing() {
        assertThat(line(8)).isEmpty();
        assertThat(line(8, 0, 0)).isEmpty();
        assertThat(line(4, 0, 4000, 0)).isEqualTo("████");
    }

    @Test
    void theThresholdIsAlwaysABoundBetweenTwoBars() {
        List<String> lines = sizes(new SizePicture(1500, new long[] {1499, 1500, 1501, 2999, 3000}));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).contains("750 B – 1.5 KiB").contains(" 1 ");
        assertThat(lines.get(2)).contains("1.5 KiB – 2.9 KiB").contains(" 3 ");
        assertThat(lines.get(3)).contains("2.9 KiB – 5.9 KiB").contains(" 1 ");
    }

    @Test
    void sizesFarBelowAndAboveShareTheOuterBars() {
        SizePicture picture = new SizePicture(1 << 20, new long[] {0, 1, Long.MAX_VALUE / 4});

        List<String> lines = sizes(picture);

        assertThat(lines.get(1)).contains("under 8.0 KiB").contains(" 2 ");
        assertThat(lines.get(lines.size() - 1)).contains("128 MiB and more").contains(" 1 ");
    }

    @Test
    void aThresholdOfOneByteOrOfAlmostEverythingDoesNoHarm() {
        assertThat(sizes(new SizePicture(1, new long[] {0, 1, 2, 1 << 30}))).isNotEmpty();
        assertThat(sizes(new SizePicture(Long.MAX_VALUE, new long[] {0, 1, 2, 1 << 30})))
                .isNotEmpty();
    }

    @Test
    void linesFitTheWidth() {
        long[] many = new long[20_000];
        Arrays.fill(many, 0, 10_000, 300);
        Arrays.fill(many, 10_000, 20_000, 70_000);
        for (int columns : new int[] {40, 80, 140}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Output out = output(bytes, StandardCharsets.UTF_8, columns);
            new SizePicture(THRESHOLD, many).print(out);
            out.finish();
            assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        }
    }

    private static String line(int width, long... sizes) {
        return line(StandardCharsets.UTF_8, width, sizes);
    }

    private static String line(Charset charset, int width, long... sizes) {
        return new FilePicture(THRESHOLD, sizes)
                .draw(output(charset), width, Arrays.stream(sizes).sum());
    }

    private static List<String> sizes(SizePicture picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output out = output(bytes, StandardCharsets.UTF_8, 80);
        picture.print(out);
        out.finish();
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Output output(Charset charset) {
        return output(new ByteArrayOutputStream(), charset, 80);
    }

    private static Output output(OutputStream target, Charset charset, int columns) {
        return new Output(target, target, charset, new Terminal(false, false, columns, false));
    }
}

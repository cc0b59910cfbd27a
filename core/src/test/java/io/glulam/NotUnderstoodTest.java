package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Reason;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.plan.Verify;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.ThriftStruct;
import io.glulam.testkit.bytes.ThriftStruct.Field;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a later version of the format may bring is not guessed at: it moves as bytes, or its row group stays. */
class NotUnderstoodTest {
    private static final long UNKNOWN = 200;

    /** Length of the footer and magic. */
    private static final int TAIL = 8;

    /** Field numbers in the Thrift definition. */
    private static final int PAGE_TYPE = 1;

    private static final int DATA_PAGE_HEADER = 5;
    private static final int PAGE_ENCODING = 2;
    private static final int ROW_GROUPS = 4;
    private static final int COLUMNS = 1;
    private static final int META_DATA = 3;
    private static final int CODEC = 4;

    @TempDir
    Path folder;

    @Test
    void aRowGroupWithAPageOfUnknownTypeIsKeptAndTheOthersAreMerged() throws IOException {
        FileScript script = script("plain-v1");
        firstChunk(script, 0).page(PageScript.index().tamperHeaderBytes(header -> with(header, PAGE_TYPE, UNKNOWN)));

        Plan plan = compact(script, folder.resolve("output.parquet")).plan();

        assertThat(plan.groups()).hasSize(2);
        assertThat(plan.groups().get(0))
                .isInstanceOfSatisfying(
                        KeptGroup.class, kept -> assertThat(kept.reason()).isEqualTo(Reason.UNKNOWN_PAGE_TYPE));
        assertThat(plan.groups().get(1))
                .isInstanceOfSatisfying(
                        MergedGroup.class,
                        merged -> assertThat(merged.sources().toArray()).containsExactly(1, 2, 3));
    }

    /** Counts of pages in it would keep readers from the other columns: an unknown encoding there fails their whole footer. */
    @Test
    void pagesInAnUnknownEncodingMoveAsTheyAreAndOtherReadersStillOpenTheFile() throws IOException {
        FileScript script = script("plain-v1");
        firstChunk(script, 2).eachPage(NotUnderstoodTest::inUnknownEncoding);
        Path output = folder.resolve("output.parquet");

        Plan plan = compact(script, output).plan();

        assertThat(tiersOfFirstColumn(plan)).containsExactly(Tier.JOIN);
        try (ParquetFile opened = ParquetFile.open(output)) {
            assertThat(opened.chunk(0, 0).getMeta_data().isSetEncoding_stats()).isFalse();
            assertThat(opened.chunk(0, 1).getMeta_data().isSetEncoding_stats()).isTrue();
            assertThat(opened.triplets(0, 1).count()).isPositive();
        }
    }

    /** The new file is not to blame: what others do with such a source is not known either. */
    @Test
    void valuesInAnUnknownEncodingAreNotComparedButTheSourceIsNamed() throws IOException {
        FileScript script = script("plain-v1");
        firstChunk(script, 2).eachPage(NotUnderstoodTest::inUnknownEncoding);

        assertThatThrownBy(() -> compact(
                        script,
                        folder.resolve("output.parquet"),
                        Settings.defaults().withVerify(Verify.VALUES)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContainingAll("source.parquet, row group 2", "UNKNOWN(200)")
                .hasMessageNotContaining("(new)");
        assertThat(folder.resolve("output.parquet")).doesNotExist();
    }

    @Test
    void whereValuesOfTheSourceCannotBeDecodedTheSourceIsCorruptAndNotTheNewFile() throws IOException {
        FileScript script = script("plain-v1");
        ChunkScript names = script.rowGroups().get(2).chunks().get(1);
        names.eachPage(page -> page.tamperValues(NotUnderstoodTest::asLengthsThatAreTooLarge));

        Settings copy = Settings.defaults().withEffort(Effort.COPY).withPages(64, 1); // so small that pages move
        assertThat(compact(script, folder.resolve("moved.parquet"), copy).plan().isEmpty())
                .isFalse();
        assertThatThrownBy(() -> compact(script, folder.resolve("output.parquet"), copy.withVerify(Verify.VALUES)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("source.parquet, row group 2")
                .hasMessageNotContaining("(new)");
        assertThat(folder.resolve("output.parquet")).doesNotExist();
    }

    @Test
    void aRowGroupInAnUnknownEncodingIsKeptIfItsPagesCannotMoveAsTheyAre() throws IOException {
        FileScript script = script("dictionary");
        firstChunk(script, 3).eachPage(NotUnderstoodTest::inUnknownEncoding);

        Plan plan = compact(script, folder.resolve("output.parquet")).plan();

        assertThat(plan.groups())
                .extracting(group -> group instanceof KeptGroup)
                .containsExactly(false, true);
    }

    /** Levels of version 2 are not compressed. */
    @Test
    void pagesInAnUnknownCodecMoveAndKeepIt() throws IOException {
        FileScript script = script("plain-v2").tamperFooter(footer -> withCodec(footer, UNKNOWN));
        Path output = folder.resolve("output.parquet");

        Plan plan = compact(script, output).plan();

        assertThat(tiersOfFirstColumn(plan)).containsExactly(Tier.JOIN);
        assertThat(codecsOf(output)).containsOnly(UNKNOWN);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"with dictionaries, dictionary", "whose rows cannot be counted, plain-v1"})
    void rowGroupsInAnUnknownCodecAreKept(String which, String name) throws IOException {
        FileScript script = script(name).tamperFooter(footer -> withCodec(footer, UNKNOWN));

        Plan plan = compact(script, folder.resolve("output.parquet")).plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.groups())
                .extracting(group -> ((KeptGroup) group).reason())
                .containsOnly(Reason.UNKNOWN_CODEC);
    }

    private static FileScript script(String name) {
        return NastyFiles.all(Seeds.base()).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow()
                .script();
    }

    private CompactionReport compact(FileScript script, Path output) throws IOException {
        return compact(script, output, Settings.defaults());
    }

    private CompactionReport compact(FileScript script, Path output, Settings settings) throws IOException {
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());
        return new Compactor(CompactionOptions.defaults().withSettings(settings)).run(Job.of(source, output));
    }

    private static ChunkScript firstChunk(FileScript script, int rowGroup) {
        return script.rowGroups().get(rowGroup).chunks().get(0);
    }

    private static void inUnknownEncoding(PageScript page) {
        page.tamperHeaderBytes(header -> {
            ThriftStruct struct = ThriftStruct.parse(header);
            struct.struct(DATA_PAGE_HEADER).ifPresent(data -> set(data, PAGE_ENCODING, UNKNOWN));
            return struct.bytes();
        });
    }

    private static byte[] asLengthsThatAreTooLarge(byte[] values) {
        byte[] lengths = new byte[values.length];
        Arrays.fill(lengths, (byte) 0x7f);
        return lengths;
    }

    private static List<Tier> tiersOfFirstColumn(Plan plan) {
        return plan.groups().stream()
                .map(MergedGroup.class::cast)
                .map(group -> group.columns().get(0))
                .map(ColumnPlan::tier)
                .toList();
    }

    private static byte[] withCodec(byte[] footer, long codec) {
        ThriftStruct struct = ThriftStruct.parse(footer);
        forEachChunk(struct, chunk -> set(chunk, CODEC, codec));
        return struct.bytes();
    }

    private static List<Long> codecsOf(Path path) throws IOException {
        byte[] file = Files.readAllBytes(path);
        int end = file.length - TAIL;
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
        List<Long> codecs = new ArrayList<>();
        forEachChunk(
                ThriftStruct.parse(Arrays.copyOfRange(file, end - length, end)),
                chunk -> codecs.add((Long) chunk.get(CODEC).orElseThrow()));
        return codecs;
    }

    private static void forEachChunk(ThriftStruct footer, Consumer<ThriftStruct> action) {
        for (ThriftStruct rowGroup : footer.structs(ROW_GROUPS)) {
            rowGroup.structs(COLUMNS)
                    .forEach(chunk -> action.accept(chunk.struct(META_DATA).orElseThrow()));
        }
    }

    private static byte[] with(byte[] struct, int field, long value) {
        ThriftStruct parsed = ThriftStruct.parse(struct);
        set(parsed, field, value);
        return parsed.bytes();
    }

    private static void set(ThriftStruct struct, int id, long value) {
        struct.fields().replaceAll(field -> field.id() == id ? new Field(id, field.type(), value) : field);
    }
}

package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.ProgressListener.Phase;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Verify;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published appears whole or not at all, and never over something that it was not made for. */
class PublishingTest {
    @TempDir
    Path folder;

    private Path source;
    private Path target;
    private byte[] original;

    @BeforeEach
    void writeSource() throws IOException {
        source = folder.resolve("source.parquet");
        target = folder.resolve("target.parquet");
        FileRecipe recipe = FileRecipe.of(Seeds.base(), SchemaGenerator.flat(Seeds.base()));
        ParquetJavaFiles.write(recipe.withRows(300, 200, 400), source);
        original = Files.readAllBytes(source);
    }

    @Test
    void aPlanThatWasChangedByHandIsRefused() {
        Compactor compactor = new Compactor(CompactionOptions.defaults());
        Plan plan = compactor.plan(source);
        List<OutputGroup> groups = plan.groups().stream()
                .map(MergedGroup.class::cast)
                .<OutputGroup>map(group ->
                        new MergedGroup(group.sources(), group.rows() + 1, group.sourceBytes(), group.columns()))
                .toList();
        Plan changed = new Plan(
                plan.source(), plan.settings(), plan.columns(), plan.sourceRowGroups(), groups, plan.dropped());

        assertThatThrownBy(() -> compactor.run(Job.of(source, target).withPlan(changed)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("other row groups or rows than the file");
        assertThat(target).doesNotExist();
    }

    // ------------------------------------------------------------ the source changes

    private interface Change {
        void of(Path source) throws IOException;
    }

    static Stream<Arguments> changes() {
        Change overwritten = path -> {
            byte[] bytes = Files.readAllBytes(path);
            bytes[bytes.length / 3] ^= 1;
            Files.write(path, bytes);
            // The clock may not have moved on since the file was written.
            Files.setLastModifiedTime(path, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
        };
        Change appended = path -> Files.write(path, new byte[100], StandardOpenOption.APPEND);
        Change truncated = path -> {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 3);
            }
        };
        Change emptied = path -> Files.write(path, new byte[0]);
        Change replaced = path -> {
            Path other = path.resolveSibling("other");
            Files.copy(path, other, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        };
        Change deleted = Files::delete;
        return Stream.of(Phase.PLAN, Phase.MOVE, Phase.PUBLISH)
                .flatMap(phase -> Stream.of(
                        Arguments.of(phase, "overwritten", overwritten),
                        Arguments.of(phase, "appended to", appended),
                        Arguments.of(phase, "truncated", truncated),
                        Arguments.of(phase, "emptied", emptied),
                        Arguments.of(phase, "replaced", replaced),
                        Arguments.of(phase, "deleted", deleted)));
    }

    @ParameterizedTest(name = "{1} in phase {0}")
    @MethodSource("changes")
    void aSourceThatChangesMeanwhileIsLeftAsItIs(Phase phase, String how, Change change) throws IOException {
        byte[][] changed = new byte[1][];
        Compactor compactor = during(phase, () -> {
            change.of(source);
            changed[0] = Files.exists(source) ? Files.readAllBytes(source) : null;
        });

        assertThatThrownBy(() -> compactor.run(Job.inPlace(source))).isInstanceOf(SourceChanged.class);
        assertThat(Files.exists(source) ? Files.readAllBytes(source) : null).isEqualTo(changed[0]);
        assertNoTemporaryFile();
    }

    @ParameterizedTest(name = "{1} in phase {0}")
    @MethodSource("changes")
    void nothingIsMadeOfASourceThatChangesMeanwhile(Phase phase, String how, Change change) {
        Compactor compactor = during(phase, () -> change.of(source));
        if (phase == Phase.PUBLISH) {
            // All its bytes were read and verified: what is published is the version that was asked for.
            compactor.run(Job.of(source, target));
            return;
        }
        assertThatThrownBy(() -> compactor.run(Job.of(source, target))).isInstanceOf(SourceChanged.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void aSourceThatChangesWhileItsValuesAreComparedIsNotMistakenForAWrongOutput() throws IOException {
        Settings settings = Settings.defaults().withVerify(Verify.VALUES);
        CompactionOptions options = CompactionOptions.defaults().withSettings(settings);
        int[] moves = new int[1];
        new Compactor(options.withProgress((phase, done, total) -> moves[0] += phase == Phase.MOVE ? 1 : 0))
                .run(Job.of(source, target));
        int[] seen = new int[1];
        Compactor compactor = new Compactor(options.withProgress((phase, done, total) -> {
            // Everything has been moved, and is to be compared.
            if (phase == Phase.MOVE && ++seen[0] == moves[0]) {
                zeroPages();
            }
        }));

        assertThatThrownBy(() -> compactor.run(Job.inPlace(source))).isInstanceOf(SourceChanged.class);
        assertThat(seen[0]).isEqualTo(moves[0]);
        assertNoTemporaryFile();
    }

    private void zeroPages() {
        try {
            byte[] bytes = original.clone();
            Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0);
            Files.write(source, bytes);
            Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPlanForAnotherVersionIsRefused() throws IOException {
        Compactor compactor = new Compactor(CompactionOptions.defaults());
        Plan plan = compactor.plan(source);
        Files.setLastModifiedTime(source, FileTime.fromMillis(1));

        assertThatThrownBy(() -> compactor.run(Job.inPlace(source).withPlan(plan)))
                .isInstanceOf(SourceChanged.class);
        assertThat(source).hasBinaryContent(original);
    }

    // ------------------------------------------------------------ the target

    @Test
    void anExistingTargetIsNotOverwritten() throws IOException {
        Files.write(target, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> new Compactor(CompactionOptions.defaults()).run(Job.of(source, target)))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("overwriting");
        assertThat(target).hasBinaryContent(new byte[] {1, 2, 3});
        assertNoTemporaryFile();
    }

    @Test
    void anExistingTargetIsFoundBeforeAnythingIsWritten() throws IOException {
        Files.write(target, new byte[] {1, 2, 3});
        Compactor compactor = during(Phase.MOVE, () -> {
            throw new AssertionError("the work was done in vain");
        });

        assertThatThrownBy(() -> compactor.run(Job.of(source, target))).isInstanceOf(StorageFailed.class);
    }

    @Test
    void anExistingTargetIsOverwrittenWhereAskedTo() throws IOException {
        Files.write(target, new byte[] {1, 2, 3});

        new Compactor(CompactionOptions.defaults().withOverwrite(true)).run(Job.of(source, target));
        assertSameValues(target);
    }

    @Test
    void aTargetThatAppearsMeanwhileIsNotOverwritten() throws IOException {
        Compactor compactor = during(Phase.PUBLISH, () -> Files.write(target, new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> compactor.run(Job.of(source, target))).isInstanceOf(StorageFailed.class);
        assertThat(target).hasBinaryContent(new byte[] {1, 2, 3});
        assertNoTemporaryFile();
    }

    @Test
    void aMissingFolderIsNamed() {
        Path nowhere = folder.resolve("missing").resolve("target.parquet");
        assertThatThrownBy(() -> new Compactor(CompactionOptions.defaults()).run(Job.of(source, nowhere)))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aFolderThatIsAFileIsRefused() {
        Path below = source.resolve("target.parquet");
        assertThatThrownBy(() -> new Compactor(CompactionOptions.defaults()).run(Job.of(source, below)))
                .isInstanceOf(StorageFailed.class);
        assertThat(source).hasBinaryContent(original);
    }

    @Test
    void aTargetThatIsAFolderIsRefused() throws IOException {
        Files.createDirectories(target.resolve("inside"));
        for (boolean overwrite : new boolean[] {false, true}) {
            Compactor compactor = new Compactor(CompactionOptions.defaults().withOverwrite(overwrite));
            assertThatThrownBy(() -> compactor.run(Job.of(source, target))).isInstanceOf(StorageFailed.class);
        }
        assertThat(target.resolve("inside")).isDirectory();
        assertNoTemporaryFile();
    }

    @Test
    void permissionsAreKept() throws IOException {
        var permissions = PosixFilePermissions.fromString("rw-r----x");
        Files.setPosixFilePermissions(source, permissions);

        new Compactor(CompactionOptions.defaults()).run(Job.inPlace(source));
        assertThat(Files.getPosixFilePermissions(source)).isEqualTo(permissions);
        assertSameValues(source);
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("links")).resolve("link"), source);

        CompactionReport report = new Compactor(CompactionOptions.defaults()).run(Job.inPlace(link));
        assertThat(report.published()).isTrue();
        assertThat(link).isSymbolicLink();
        assertThat(Files.mismatch(link, source)).isEqualTo(-1);
        assertThat(Files.readAllBytes(source)).isNotEqualTo(original);
        assertSameValues(source);
    }

    // ------------------------------------------------------------ backups

    @Test
    void theOldBytesStayUnderTheBackupsName() throws IOException {
        Object inode = Files.getAttribute(source, "unix:ino");

        withBackup().run(Job.inPlace(source));
        Path backup = folder.resolve("source.parquet.bak");
        assertThat(backup).hasBinaryContent(original);
        assertThat(Files.getAttribute(backup, "unix:ino")).isEqualTo(inode);
        assertSameValues(source);

        Backups.restore(source, ".bak");
        assertThat(source).hasBinaryContent(original);
    }

    @Test
    void theBackupOfALinkedFileLiesWhereRestoreLooks() throws IOException {
        Path link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("links")).resolve("link"), source);

        withBackup().run(Job.inPlace(link));
        Backups.restore(link, ".bak");
        assertThat(source).hasBinaryContent(original);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aTakenBackupNameIsNotOverwritten() throws IOException {
        Path backup = Files.write(folder.resolve("source.parquet.bak"), new byte[] {1});

        assertThatThrownBy(() -> withBackup().run(Job.inPlace(source)))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("backup suffix");
        assertThat(backup).hasBinaryContent(new byte[] {1});
        assertThat(source).hasBinaryContent(original);
        assertNoTemporaryFile();
    }

    @Test
    void aBackupNameTakenMeanwhileIsNotOverwritten() throws IOException {
        Path backup = folder.resolve("source.parquet.bak");
        Compactor compactor = during(
                Phase.PUBLISH,
                () -> Files.write(backup, new byte[] {1}),
                CompactionOptions.defaults().withBackupSuffix(".bak"));

        assertThatThrownBy(() -> compactor.run(Job.inPlace(source))).isInstanceOf(StorageFailed.class);
        assertThat(backup).hasBinaryContent(new byte[] {1});
        assertThat(source).hasBinaryContent(original);
        assertNoTemporaryFile();
    }

    // ------------------------------------------------------------ what others leave behind

    @Test
    void theTemporaryFileOfACrashedRunIsRemoved() throws IOException {
        Path left = Files.write(folder.resolve(".source.parquet.glulam-1-2-3.tmp"), new byte[10]);
        Path others = Files.write(folder.resolve(".other.parquet.glulam-1-2-3.tmp"), new byte[10]);

        new Compactor(CompactionOptions.defaults()).run(Job.inPlace(source));
        assertThat(left).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void theTemporaryFileOfALiveRunIsKept() throws IOException {
        Path live = Files.write(folder.resolve(".source.parquet.glulam-1-2-3.tmp"), new byte[10]);
        try (FileChannel channel = FileChannel.open(live, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            new Compactor(CompactionOptions.defaults()).run(Job.inPlace(source));
            assertThat(lock.isValid()).isTrue();
            assertThat(live).exists();
        }
    }

    // ------------------------------------------------------------ interruption

    @ParameterizedTest
    @MethodSource("phases")
    void anInterruptedRunStopsAndLeavesNothing(Phase phase) throws IOException {
        Thread run = Thread.currentThread();
        Compactor compactor = during(phase, run::interrupt);
        try {
            assertThatThrownBy(() -> compactor.run(Job.inPlace(source))).isInstanceOf(StorageFailed.class);
            assertThat(run.isInterrupted()).as("the interruption is passed on").isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(source).hasBinaryContent(original);
        assertNoTemporaryFile();
    }

    static Stream<Phase> phases() {
        return Stream.of(Phase.PLAN, Phase.MOVE, Phase.PUBLISH);
    }

    // ------------------------------------------------------------

    private interface Action {
        void run() throws IOException;
    }

    private static Compactor withBackup() {
        return new Compactor(CompactionOptions.defaults().withBackupSuffix(".bak"));
    }

    private static Compactor during(Phase phase, Action action) {
        return during(phase, action, CompactionOptions.defaults());
    }

    /** A compactor that has {@code action} happen once, in {@code phase}. */
    private static Compactor during(Phase phase, Action action, CompactionOptions options) {
        boolean[] done = new boolean[1];
        return new Compactor(options.withProgress((now, bytes, total) -> {
            if (now == phase && !done[0]) {
                done[0] = true;
                try {
                    action.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }));
    }

    private void assertSameValues(Path file) throws IOException {
        Path before = Files.write(folder.resolve("before"), original);
        try (ParquetFile left = ParquetFile.open(before);
                ParquetFile right = ParquetFile.open(file)) {
            assertThat(right.rowGroups()).isEqualTo(1);
            assertThat(TripletComparison.firstDifference(left, right)).isEmpty();
        }
    }

    private void assertNoTemporaryFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> temporary = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.contains(".glulam-"))
                    .toList();
            assertThat(temporary).isEmpty();
        }
    }
}

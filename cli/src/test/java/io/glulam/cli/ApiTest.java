package io.glulam.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command, the service and the stores use the library by its API, with the exceptions that stand here. */
@Tag("once")
class ApiTest {
    private static final String ROOT = "io.glulam";

    /** Packages whose names are stable. */
    private static final Set<String> API = Set.of(
            ROOT,
            ROOT + ".inputs",
            ROOT + ".plan",
            ROOT + ".storage",
            ROOT + ".local",
            ROOT + ".error",
            ROOT + ".format",
            ROOT + ".shape",
            ROOT + ".tables");

    /** Types of other packages that the API returns or takes, and those that open tables and configure their catalogs. */
    private static final Set<String> API_TYPES = Set.of(
            ROOT + ".arrow.ArrowStream",
            ROOT + ".footer.ChunkEntries",
            ROOT + ".footer.Footer",
            ROOT + ".picture.ChunkMatrix",
            ROOT + ".compare.Difference",
            ROOT + ".join.MetadataRule",
            ROOT + ".rows.MapEntries",
            ROOT + ".rows.NestedTypes",
            ROOT + ".rows.RowReader",
            ROOT + ".picture.ChunkPages",
            ROOT + ".tables.delta.DeltaTables",
            ROOT + ".tables.iceberg.IcebergTables",
            ROOT + ".tables.iceberg.DemoTable",
            ROOT + ".tables.iceberg.catalog.CatalogSettings");

    /** Packages beside {@code page} that the demonstration makes its chunks with. */
    private static final Set<String> ENCODERS = Set.of(ROOT + ".codec", ROOT + ".recode");

    /** Types that it describes its chunks and its footer with. */
    private static final Set<String> ENCODER_TYPES = Set.of(
            ROOT + ".splice.ChunkBuilder",
            ROOT + ".splice.StoredPage",
            ROOT + ".statistics.PageSummary",
            ROOT + ".footer.FooterJoiner");

    private static final JavaClasses USERS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT + ".cli", ROOT + ".service", ROOT + ".s3");

    private static boolean isInternal(JavaClass type) {
        String name = type.getPackageName();
        boolean ofLibrary = name.equals(ROOT) || name.startsWith(ROOT + ".");
        boolean ofUsers = Stream.of(".cli", ".service", ".s3")
                .anyMatch(user -> name.equals(ROOT + user) || name.startsWith(ROOT + user + "."));
        String outer = type.getName().replaceFirst("\\$.*", "");
        return ofLibrary && !ofUsers && !API.contains(name) && !API_TYPES.contains(outer);
    }

    @Test
    void nothingElseIsUsed() {
        noClasses()
                .that()
                // It makes a file, which no part of the API does.
                .resideOutsideOfPackage(ROOT + ".cli.demo..")
                .should()
                .dependOnClassesThat(describe(
                        "are internal",
                        type -> isInternal(type) && !type.getPackageName().equals(ROOT + ".concurrent")))
                .check(USERS);
    }

    @Test
    void theDemonstrationUsesEncodersAndTheWriterOfFootersAndNothingElse() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".cli.demo..")
                .should()
                .dependOnClassesThat(
                        describe("are internal, and no encoders", type -> isInternal(type) && !isEncoder(type)))
                .check(USERS);
    }

    private static boolean isEncoder(JavaClass type) {
        String outer = type.getName().replaceFirst("\\$.*", "");
        return type.getPackageName().startsWith(ROOT + ".page")
                || ENCODERS.contains(type.getPackageName())
                || ENCODER_TYPES.contains(outer);
    }

    @Test
    void everyPackageSaysWhichItIs() throws IOException {
        List<Path> infos = new ArrayList<>();
        for (String module : List.of("portable", "core")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.endsWith("package-info.java")).forEach(infos::add);
            }
        }
        assertThat(infos).hasSizeGreaterThan(10).allSatisfy(info -> {
            String text = Files.readString(info);
            int start = text.indexOf("\npackage ") + 9;
            String name = text.substring(start, text.indexOf(';', start));
            assertThat(text).contains(API.contains(name) ? "API: its names are stable." : "Internal: may change");
        });
    }
}

package io.glulam.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.glulam.testkit.api.HeldApi;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ArchitectureTest {
    private static final String ROOT = "io.glulam.spark";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void callersLoseNothing() throws IOException {
        HeldApi api = new HeldApi(Path.of("..", "spark"));
        if (System.getProperty("glulam.api.write") != null) {
            api.write();
        }
        assertThat(api.losses()).isEmpty();
    }

    /** Procedures → actions → tasks → files; the catalog knows the procedures. */
    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("task")
                .definedBy(ROOT + ".task")
                .layer("files")
                .definedBy(ROOT + ".files")
                .layer("procedure")
                .definedBy(ROOT + ".procedure")
                .layer("actions")
                .definedBy(ROOT)
                .whereLayer("procedure")
                .mayOnlyBeAccessedByLayers("actions")
                .whereLayer("actions")
                .mayOnlyBeAccessedByLayers("procedure")
                .whereLayer("task")
                .mayOnlyBeAccessedByLayers("actions", "procedure")
                .check(MODULE);
    }

    /** Iceberg's runtime for Spark has other names for the libraries that it brings. */
    @Test
    void librariesInsideIcebergsRuntimeAreNotTouched() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.iceberg.shaded..",
                        "org.apache.iceberg.relocated..",
                        "com.fasterxml.jackson..",
                        "com.google..",
                        "org.apache.parquet..")
                .check(MODULE);
    }

    @Test
    void theLibraryPrintsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MODULE);
    }
}

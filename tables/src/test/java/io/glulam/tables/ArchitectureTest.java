package io.glulam.tables;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arrows between this module's packages: a format → planning → the seam; formats do not know each other. */
@Tag("once")
class ArchitectureTest {
    private static final String ROOT = "io.glulam.tables";
    private static final String ICEBERG = "io.glulam.tables.iceberg..";
    private static final String DELTA = "io.glulam.tables.delta..";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("seam")
                .definedBy(ROOT)
                .layer("planning")
                .definedBy(ROOT + ".planning")
                .layer("Iceberg")
                .definedBy(ICEBERG)
                .layer("Delta")
                .definedBy(DELTA)
                .whereLayer("planning")
                .mayOnlyBeAccessedByLayers("Iceberg", "Delta")
                .whereLayer("Iceberg")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("Delta")
                .mayNotBeAccessedByAnyLayer()
                .check(MODULE);
    }

    /** The table → rewriting → planning → catalogs → files. */
    @Test
    void arrowsInsideIcebergPointOneWay() {
        String root = "io.glulam.tables.iceberg";
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("table")
                .definedBy(root)
                .layer("rewrite")
                .definedBy(root + ".rewrite")
                .layer("plan")
                .definedBy(root + ".plan")
                .layer("catalog")
                .definedBy(root + ".catalog")
                .layer("files")
                .definedBy(root + ".files")
                .whereLayer("table")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("rewrite")
                .mayOnlyBeAccessedByLayers("table")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("table", "rewrite")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("table")
                .check(MODULE);
    }

    /** Only Iceberg's package loads Iceberg's classes. */
    @Test
    void librariesOfAFormatStayInItsPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ICEBERG)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.iceberg..")
                .check(MODULE);
    }

    /** The table → rewriting → planning → files → the log → the engine. */
    @Test
    void arrowsInsideDeltaPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("table")
                .definedBy(ROOT + ".delta")
                .layer("rewrite")
                .definedBy(ROOT + ".delta.rewrite")
                .layer("plan")
                .definedBy(ROOT + ".delta.plan")
                .layer("files")
                .definedBy(ROOT + ".delta.files")
                .layer("log")
                .definedBy(ROOT + ".delta.log")
                .layer("engine")
                .definedBy(ROOT + ".delta.engine")
                .whereLayer("table")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("rewrite")
                .mayOnlyBeAccessedByLayers("table")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("table", "rewrite")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("table", "rewrite", "plan")
                .whereLayer("log")
                .mayOnlyBeAccessedByLayers("table", "rewrite", "plan", "files")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("table", "rewrite", "files", "log")
                .check(MODULE);
    }

    /** Only Delta's log and the engine under it load the kernel's classes. */
    @Test
    void theKernelStaysBehindTheLog() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.glulam.tables.delta.log..", "io.glulam.tables.delta.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.delta..")
                .check(MODULE);
    }

    /** Hadoop and parquet-java serve tests only. */
    @Test
    void neitherHadoopNorParquetJavaIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..")
                .check(MODULE);
    }

    @Test
    void theLibraryPrintsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MODULE);
    }
}

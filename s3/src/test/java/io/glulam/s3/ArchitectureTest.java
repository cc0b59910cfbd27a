package io.glulam.s3;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arrows between this module's packages: stores → client → credentials; and what they may use of others. */
@Tag("once")
class ArchitectureTest {
    private static final String ROOT = "io.glulam.s3";
    private static final String CLIENT = "io.glulam.s3.client";
    private static final String CREDENTIALS = "io.glulam.s3.credentials";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("stores")
                .definedBy(ROOT)
                .layer("client")
                .definedBy(CLIENT)
                .layer("credentials")
                .definedBy(CREDENTIALS)
                .whereLayer("stores")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("stores")
                .ensureAllClassesAreContainedInArchitectureIgnoring("java..")
                .check(MODULE);
    }

    /** A store is an implementation of {@code storage}: it knows nothing of Parquet. */
    @Test
    void ofCoreOnlyStorageThreadsAndErrorsAreUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAPackage(ROOT + "..")
                        .or(resideInAPackage("io.glulam.storage"))
                        .or(resideInAPackage("io.glulam.error"))
                        .or(resideInAPackage("io.glulam.concurrent"))
                        .or(resideInAPackage("java.."))
                        .or(resideInAPackage("javax.crypto.."))
                        .or(resideInAPackage("javax.net.ssl.."))
                        .or(resideInAPackage("com.fasterxml.jackson.core.."))
                        .or(resideInAPackage("org.jspecify.annotations")))
                .check(MODULE);
    }

    /** Bodies of requests and answers are the client's business. */
    @Test
    void onlyTheClientAndCredentialsSpeakHttp() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(MODULE);
    }

    @Test
    void theLibraryPrintsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MODULE);
    }
}

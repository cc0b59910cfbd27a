package io.glulam.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the service's packages, and what each library is for. */
@Tag("once")
class ArchitectureTest {
    private static final String ROOT = "io.glulam.service";

    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("json", List.of()),
            Map.entry("log", List.of()),
            Map.entry("database", List.of()),
            Map.entry("bucket", List.of()),
            Map.entry("table", List.of("bucket")),
            Map.entry("catalog", List.of("database", "json")),
            Map.entry("ledger", List.of("database", "json")),
            Map.entry("callback", List.of("ledger", "json")),
            Map.entry("worth", List.of("bucket", "json")),
            Map.entry("request", List.of("table", "callback", "ledger", "catalog", "bucket", "json")),
            Map.entry(
                    "workflow",
                    List.of(
                            "request",
                            "table",
                            "callback",
                            "worth",
                            "ledger",
                            "catalog",
                            "bucket",
                            "database",
                            "json")),
            Map.entry("metrics", List.of("workflow", "ledger")),
            Map.entry(
                    "http",
                    List.of(
                            "metrics",
                            "workflow",
                            "request",
                            "table",
                            "callback",
                            "ledger",
                            "catalog",
                            "bucket",
                            "database",
                            "json")),
            Map.entry("settings", List.of("http", "workflow", "request", "callback", "worth", "catalog", "json")));

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static Set<String> packages() {
        return ARROWS.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyWhatItsArrowsAllow(String name) {
        Set<String> forbidden = new TreeSet<>(ARROWS.keySet());
        forbidden.remove(name);
        forbidden.removeAll(ARROWS.get(name));
        List<String> packages = forbidden.stream()
                .map(ArchitectureTest::within)
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        packages.add(ROOT);

        noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .check(SERVICE);
    }

    @Test
    void everyPackageHasItsArrows() {
        Set<String> found = SERVICE.stream()
                .map(type -> Arrays.stream(type.getPackageName().split("\\."))
                        .skip(3)
                        .findFirst()
                        .orElse(""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(ARROWS.keySet());
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVICE);
    }

    @Test
    void onlyTheWorkflowKnowsTheScheduler() {
        onlyIn("workflow", "com.github.kagkarlsson..");
    }

    @Test
    void onlyTheHttpPackageKnowsTheHttpServer() {
        onlyIn("http", "com.sun.net.httpserver..");
    }

    @Test
    void onlyTheDatabasePackageKnowsThePool() {
        onlyIn("database", "com.zaxxer..");
    }

    @Test
    void theServicePrintsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(SERVICE);
    }

    private static void onlyIn(String name, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(within(name))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(SERVICE);
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }
}

package io.glulam;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the library's packages, in portable and core. A new package is added to {@link #ARROWS}. */
@Tag("once")
class ArchitectureTest {
    private static final String ROOT = "io.glulam";
    private static final String FACADE = "";

    /** Package → the packages it may use besides itself; the facade may use all. */
    private static final Map<String, List<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("error", List.of()),
            Map.entry("memory", List.of()),
            Map.entry("concurrent", List.of("error")),
            Map.entry("storage", List.of("error")),
            Map.entry("local", List.of("error", "storage")),
            Map.entry("inputs", List.of("error", "memory", "storage", "local")),
            Map.entry("manifest", List.of("error", "concurrent", "storage", "local")),
            Map.entry("codec", List.of("format", "page")),
            Map.entry("format", List.of("error")),
            Map.entry("statistics", List.of("error", "format")),
            Map.entry("page", List.of("error", "format")),
            Map.entry("footer", List.of("error", "format", "storage")),
            Map.entry("plan", List.of("error", "format")),
            Map.entry("policy", List.of("format", "plan")),
            Map.entry("source", List.of("error", "format", "statistics", "page", "footer", "storage")),
            Map.entry("picture", List.of("error", "format", "statistics", "page", "footer", "source")),
            Map.entry("splice", List.of("error", "format", "statistics", "page", "plan", "source")),
            Map.entry("decode", List.of("error", "format", "statistics", "page")),
            Map.entry("shape", List.of("storage", "format")),
            Map.entry("schema", List.of("error", "format", "shape")),
            Map.entry(
                    "adapt",
                    List.of(
                            "error",
                            "storage",
                            "format",
                            "statistics",
                            "page",
                            "footer",
                            "shape",
                            "schema",
                            "source",
                            "splice",
                            "decode",
                            "recode",
                            "pipeline")),
            Map.entry("recode", List.of("error", "format", "statistics", "page", "decode")),
            Map.entry("compare", List.of("error", "concurrent", "format", "page", "footer", "decode")),
            Map.entry("rows", List.of("error", "storage", "format", "footer", "decode", "source")),
            Map.entry("pipeline", List.of("error", "storage", "page", "source")),
            Map.entry("threads", List.of("error", "concurrent", "storage", "local", "pipeline")),
            Map.entry("staging", List.of("storage", "format", "footer", "plan", "source")),
            Map.entry("fetch", List.of("inputs", "error", "concurrent", "storage", "pipeline", "staging", "join")),
            Map.entry(
                    "planning",
                    List.of(
                            "error",
                            "storage",
                            "format",
                            "page",
                            "footer",
                            "plan",
                            "policy",
                            "source",
                            "splice",
                            "recode",
                            "pipeline",
                            "staging")),
            Map.entry(
                    "verify",
                    List.of(
                            "error",
                            "storage",
                            "format",
                            "statistics",
                            "page",
                            "footer",
                            "plan",
                            "decode",
                            "source",
                            "pipeline")),
            Map.entry(
                    "join",
                    List.of(
                            "error",
                            "storage",
                            "format",
                            "statistics",
                            "page",
                            "footer",
                            "shape",
                            "schema",
                            "source",
                            "adapt",
                            "pipeline")),
            Map.entry(
                    "merge", List.of("error", "memory", "storage", "format", "statistics", "footer", "schema", "join")),
            Map.entry(
                    "execute",
                    List.of(
                            "error",
                            "storage",
                            "format",
                            "statistics",
                            "page",
                            "footer",
                            "shape",
                            "plan",
                            "source",
                            "splice",
                            "decode",
                            "recode",
                            "pipeline",
                            "staging",
                            "planning",
                            "verify"))));

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> location.contains("/core/") || location.contains("/portable/"))
            .importPackages(ROOT);

    private static Stream<String> packages() {
        return ARROWS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyWhatItsArrowsAllow(String name) {
        Set<String> forbidden = new TreeSet<>(ARROWS.keySet());
        forbidden.remove(name);
        forbidden.removeAll(ARROWS.get(name));

        noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        Stream.concat(Stream.of(ROOT), forbidden.stream().map(ArchitectureTest::within))
                                .toArray(String[]::new)))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void everyPackageHasItsArrows() {
        Set<String> found =
                CORE.stream().map(ArchitectureTest::packageOf).collect(Collectors.toCollection(TreeSet::new));
        found.remove(FACADE);
        assertThat(ARROWS.keySet()).containsAll(found);
    }

    @Test
    void everyArrowIsUsed() {
        Set<String> used = CORE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(ROOT))
                .map(dependency ->
                        packageOf(dependency.getOriginClass()) + " to " + packageOf(dependency.getTargetClass()))
                .collect(Collectors.toSet());

        ARROWS.forEach(
                (name, targets) -> targets.forEach(target -> assertThat(used).contains(name + " to " + target)));
    }

    private static String packageOf(JavaClass type) {
        return Arrays.stream(type.getPackageName().split("\\."))
                .skip(2)
                .findFirst()
                .orElse(FACADE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void nothingUsesParquetJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.parquet..")
                .check(CORE);
    }

    @Test
    void nothingUsesHadoop() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .check(CORE);
    }

    @Test
    void onlyTheCodecsUseCompressionLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackage(within("codec"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.github.luben..", "org.xerial..", "net.jpountz..", "com.aayushatharva..", "io.airlift..")
                .check(CORE);
    }

    /** A footer is read through a {@code RangeReader}, an interface; what stands behind it is not the footer's business. */
    @Test
    void footersKnowStorageOnlyAsRangeReader() {
        classes()
                .that()
                .resideInAPackage(within("footer"))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(within("storage")))
                        .or(DescribedPredicate.describe(
                                "RangeReader", type -> type.getSimpleName().equals("RangeReader"))))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void theLibraryPrintsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }
}

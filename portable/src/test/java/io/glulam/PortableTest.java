package io.glulam;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * This module runs where there is no thread, no file and no native library: in WebAssembly as well as in a JVM. It uses
 * those classes of the JDK that every platform has; all else reaches it by interfaces.
 */
@Tag("once")
class PortableTest {
    /** Packages of which every class may be used, but for {@link #MISSING}. */
    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.lang.annotation",
            "java.io",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.time",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.util.zip",
            // Counters and flags: nothing runs or waits.
            "java.util.concurrent.atomic");

    /** Classes of those packages that some platform does not have. */
    private static final Set<String> MISSING = Set.of(
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.Runtime",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.ClassLoader",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.nio.MappedByteBuffer",
            "java.util.HexFormat",
            "java.util.ServiceLoader",
            "java.util.Timer");

    /** What javac makes of records, lambdas and texts that are put together. */
    private static final Set<String> COMPILED = Set.of(
            "java.lang.invoke.CallSite",
            "java.lang.invoke.LambdaMetafactory",
            "java.lang.invoke.MethodHandle",
            "java.lang.invoke.MethodHandles",
            "java.lang.invoke.MethodHandles$Lookup",
            "java.lang.invoke.MethodType",
            "java.lang.invoke.SerializedLambda",
            "java.lang.invoke.StringConcatFactory",
            "java.lang.invoke.TypeDescriptor",
            "java.lang.runtime.ObjectMethods",
            "java.lang.runtime.SwitchBootstraps");

    /** Classes of other packages that every platform has: nothing in them runs or waits. */
    private static final Set<String> ALLOWED = Set.of("java.util.concurrent.ConcurrentHashMap");

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> location.contains("/portable/"))
            .importPackages("io.glulam");

    private static boolean isPortable(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        String name = element.getName();
        String packageName = element.getPackageName();
        return element.isPrimitive()
                || packageName.startsWith("io.glulam")
                || packageName.equals("org.jspecify.annotations")
                || packageName.equals("com.fasterxml.jackson.core")
                || COMPILED.contains(name)
                || ALLOWED.contains(name.replaceFirst("\\$.*", ""))
                || PACKAGES.contains(packageName) && !MISSING.contains(name.replaceFirst("\\$.*", ""));
    }

    @Test
    void onlyClassesThatEveryPlatformHasAreUsed() {
        classes()
                .that(describe(
                        "have no variant of a platform",
                        type -> !type.getSimpleName().equals("LittleEndian")))
                .should()
                .onlyDependOnClassesThat(describe("are portable", PortableTest::isPortable))
                .check(MODULE);
    }

    /** They are there, but not on every platform. */
    @Test
    void noMethodsThatAPlatformIsMissingAreCalled() {
        noClasses()
                .should()
                .callMethod(java.util.Arrays.class, "compareUnsigned", byte[].class, byte[].class)
                .orShould()
                .callMethod(
                        java.util.Arrays.class,
                        "compareUnsigned",
                        byte[].class,
                        int.class,
                        int.class,
                        byte[].class,
                        int.class,
                        int.class)
                .orShould()
                .callMethod(String.class, "lines")
                .orShould()
                .callMethod(Object.class, "wait")
                .orShould()
                .callMethod(java.nio.ByteBuffer.class, "allocateDirect", int.class)
                .check(MODULE);
    }

    /** Plans are read and written with its streaming part; nothing else needs it. */
    @Test
    void onlyPlansAndPicturesUseJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.glulam.plan", "io.glulam.picture")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(MODULE);
    }

    @Test
    void everythingFromTheFooterToTheVerifiedOutputIsHere() {
        assertThat(MODULE.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        "io.glulam.format",
                        "io.glulam.footer",
                        "io.glulam.page",
                        "io.glulam.statistics",
                        "io.glulam.splice",
                        "io.glulam.decode",
                        "io.glulam.recode",
                        "io.glulam.policy",
                        "io.glulam.plan",
                        "io.glulam.planning",
                        "io.glulam.execute",
                        "io.glulam.verify");
    }
}

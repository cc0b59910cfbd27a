package io.glulam.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.gate.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of one class and one test is mutated. */
@Tag("once")
class GateTest {
    private static final String COUNTER = """
            package sample;
            class Counter {
                static int next(int count) {
                    if (count == 7) {
                        return 0;
                    }
                    return count + 1;
                }
            }
            """;
    private static final String TEST = """
            package sample;
            class CounterTest {
                @org.junit.jupiter.api.Test
                void countsOn() {
                    org.junit.jupiter.api.Assertions.assertEquals(3, Counter.next(2));
                }
                @org.junit.jupiter.api.RepeatedTest(2)
                void countsOnRepeatedly(org.junit.jupiter.api.RepetitionInfo info) {
                    org.junit.jupiter.api.Assertions.assertEquals(3, Counter.next(2));
                }
                @org.junit.jupiter.api.Nested
                class FromTwo {
                    @org.junit.jupiter.api.Test
                    void countsToThree() {
                        org.junit.jupiter.api.Assertions.assertEquals(3, Counter.next(2));
                    }
                }
            }
            """;

    @TempDir
    Path root;

    private Gate gate;

    @BeforeEach
    void writeProject() throws IOException {
        Path module = root.resolve("module");
        source(module.resolve("src/main/java/sample/Counter.java"), COUNTER);
        source(module.resolve("src/test/java/sample/CounterTest.java"), TEST);
        MutantCompiler compiler = new MutantCompiler();
        Path classes = module.resolve("target/classes");
        String libraries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertThat(compiler.compile("sample.Counter", COUNTER, libraries, classes))
                .isEmpty();
        assertThat(compiler.compile("sample.CounterTest", TEST, classes + ":" + libraries, classes))
                .isEmpty();
        Path classPaths = Files.createDirectory(root.resolve("classpaths"));
        Files.writeString(classPaths.resolve("module"), classes + ":" + libraries);
        Files.createDirectory(root.resolve("work"));
        gate = gate();
    }

    @AfterEach
    void endProcesses() throws IOException {
        gate.close();
    }

    private Gate gate() throws IOException {
        String libraries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path work = root.resolve("work");
        return new Gate(SourceTree.of(root), new ClassPaths(root.resolve("classpaths"), work, libraries), work);
    }

    private static void source(Path file, String code) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, code);
    }

    private static Mutation mutation(String original, String mutated, String test) {
        return mutation("Counter", original, mutated, test);
    }

    private static Mutation mutation(String className, String original, String mutated, String test) {
        return new Mutation("a title", className, original, mutated, List.of(test), "list.txt:1");
    }

    private Outcome outcome(Mutation mutation) throws InterruptedException {
        return gate.run(List.of(mutation), 1, 1000, outcome -> {}).get(0);
    }

    @Test
    void aMutationThatATestNoticesIsKilled() throws Exception {
        Outcome outcome = outcome(mutation("count + 1", "count + 2", "CounterTest#countsOn"));
        assertThat(outcome.verdict()).as(outcome.detail()).isEqualTo(Verdict.KILLED);
        assertThat(outcome.detail()).contains("countsOn");
    }

    @Test
    void aTestWithParametersIsFoundByItsName() throws Exception {
        Outcome outcome = outcome(mutation("count + 1", "count + 2", "CounterTest#countsOnRepeatedly"));
        assertThat(outcome.verdict()).as(outcome.detail()).isEqualTo(Verdict.KILLED);
    }

    @Test
    void aTestOfANestedClassIsFoundByItsName() throws Exception {
        Outcome outcome = outcome(mutation("count + 1", "count + 2", "CounterTest#countsToThree"));
        assertThat(outcome.verdict()).as(outcome.detail()).isEqualTo(Verdict.KILLED);
    }

    @Test
    void aTestThatDoesNotExistIsAnError() throws Exception {
        Outcome outcome = outcome(mutation("count + 1", "count + 2", "CounterTest#noSuchTest"));
        assertThat(outcome.verdict()).as(outcome.detail()).isEqualTo(Verdict.ERROR);
    }

    @Test
    void aMutationThatNoTestNoticesSurvives() throws Exception {
        Outcome outcome = outcome(mutation("count == 7", "false", "CounterTest"));
        assertThat(outcome.verdict()).as(outcome.detail()).isEqualTo(Verdict.SURVIVED);
    }

    @Test
    void aMutationThatDoesNotFitTheCodeIsAnError() throws Exception {
        assertThat(outcome(mutation("count == 8", "false", "CounterTest")).verdict())
                .isEqualTo(Verdict.ERROR);
        assertThat(outcome(mutation("count", "0", "CounterTest")).verdict())
                .as("more than once")
                .isEqualTo(Verdict.ERROR);
        assertThat(outcome(mutation("count + 1", "counts + 1", "CounterTest")).verdict())
                .as("does not compile")
                .isEqualTo(Verdict.ERROR);
        assertThat(outcome(mutation("count + 1", "count + 2", "OtherTest")).verdict())
                .as("no such test")
                .isEqualTo(Verdict.ERROR);
    }

    @Test
    void aClassCanBeNamedWithItsPackageOrItsModule() throws Exception {
        Path module = root.resolve("module");
        source(module.resolve("src/main/java/sample/other/Counter.java"), "package sample.other;");
        gate.close();
        gate = gate();
        String tests = "CounterTest#countsOn";
        assertThat(outcome(mutation("Counter", "count + 1", "count + 2", tests)).verdict())
                .isEqualTo(Verdict.ERROR);
        assertThat(outcome(mutation("sample.Counter", "count + 1", "count + 2", tests))
                        .verdict())
                .isEqualTo(Verdict.KILLED);
    }

    @Test
    void afterItsTimeNoMutationIsBegun() throws Exception {
        assertThat(gate.run(List.of(mutation("count + 1", "count + 2", "CounterTest")), 1, -1, outcome -> {}))
                .isEmpty();
    }

    @Test
    void aTestThatLeavesAThreadDoesNotDisturbTheNextMutation() throws Exception {
        String busy = "new Thread(() -> { while (true) { Thread.onSpinWait(); } }).start(); return count + 2;";
        List<Outcome> outcomes = gate.run(
                List.of(
                        mutation("return count + 1;", busy, "CounterTest#countsOn"),
                        mutation("count == 7", "false", "CounterTest"),
                        mutation("count + 1", "count + 2", "CounterTest")),
                1,
                1000,
                outcome -> {});
        assertThat(outcomes)
                .extracting(Outcome::verdict)
                .containsExactly(Verdict.KILLED, Verdict.SURVIVED, Verdict.KILLED);
    }

    @Test
    void testsThatPassWithoutAMutationAreNoProblem() throws Exception {
        assertThat(gate.baseline(List.of(mutation("count + 1", "count + 2", "CounterTest"))))
                .isEmpty();
    }

    @Test
    void testsThatFailWithoutAMutationAreTold() throws Exception {
        Mutation mutation = mutation("count + 1", "count + 2", "CounterTest");
        Files.delete(root.resolve("module/target/classes/sample/Counter.class"));
        assertThat(gate.baseline(List.of(mutation))).hasSize(1);
    }
}

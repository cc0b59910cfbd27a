package io.glulam.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ManyCandidatesTest {
    private static final int COUNT = 400_000;

    @Test
    void eachComesBackAsItWasAdded() {
        ObjectRef one = new ObjectRef(LocalStore.INSTANCE, "/data/a=1/one.parquet");
        List<Candidate> added = List.of(
                new Candidate(one, ""),
                new Candidate(one.sibling("/data/a=2/two.parquet"), "a=2", 7, "version 1"),
                new Candidate(one.sibling("/data/a=3/three.parquet"), "a=3"),
                Candidate.pinned(one.sibling("/data/a=2/four.parquet"), "a=2", 0, "version 2"),
                new Candidate(one.sibling("/data/five.parquet"), ""));
        FoundInputs.Builder builder = new FoundInputs.Builder();

        added.forEach(candidate -> assertThat(builder.add(candidate)).isTrue());

        assertThat(builder.build().candidates()).isEqualTo(added);
        assertThat(builder.add(added.get(1))).isFalse();
        assertThat(builder.build().candidates()).hasSize(added.size());
    }

    @Test
    void hundredsOfThousandsTakeLittleMemory() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyCandidatesTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output).contains("found " + COUNT);
    }

    /** The child: finds that many files, as objects three times the memory. */
    public static void main(String[] arguments) {
        FoundInputs.Builder builder = new FoundInputs.Builder();
        ObjectRef file = new ObjectRef(LocalStore.INSTANCE, "");
        for (int i = 0; i < COUNT; i++) {
            builder.add(new Candidate(file.sibling("/data/lake/events/of/this/month/part-" + i + ".parquet"), ""));
        }
        System.out.println("found " + builder.build().candidates().size());
    }
}

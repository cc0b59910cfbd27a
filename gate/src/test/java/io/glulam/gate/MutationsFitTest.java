package io.glulam.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.gate.SourceTree.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of mutations beside the code of today: a change of the code mends what it makes unfit. */
@Tag("once")
class MutationsFitTest {
    @Test
    void eachMutationIsOfCodeAndTestsThatThereAre() throws IOException {
        SourceTree tree = SourceTree.of(Path.of(".."));
        List<Mutation> mutations = MutationList.readAll(Path.of("mutations"));
        List<String> problems = new ArrayList<>();
        for (Mutation mutation : mutations) {
            try {
                Source source = tree.main(mutation.className(), mutation);
                assertThat(Gate.mutated(mutation, Files.readString(source.file())))
                        .isNotEmpty();
                for (String test : mutation.tests()) {
                    requireTest(tree, mutation, test);
                }
            } catch (InvalidList unfit) {
                problems.add(unfit.getMessage());
            }
        }
        assertThat(mutations).hasSizeGreaterThan(100);
        assertThat(problems).isEmpty();
    }

    /** A method may be one of a superclass, whose source is not looked for. */
    private static void requireTest(SourceTree tree, Mutation mutation, String test) throws IOException {
        String[] names = test.split("#", 2);
        String source = Files.readString(tree.test(names[0], mutation).file());
        boolean inherits = source.contains(" extends ");
        if (names.length == 2
                && !inherits
                && !Pattern.compile("\\b" + names[1] + "\\(").matcher(source).find()) {
            throw new InvalidList(mutation.origin(), "there is no test " + test);
        }
    }
}

package io.glulam.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodePatternTest {
    private static final String SOURCE = """
            if (rows
                    != expected) {
                fail(rows, "a text");
            }
            int morerows = rows;
            """;

    @Test
    void whiteSpaceDoesNotCount() {
        assertThat(new CodePattern("if(rows!=expected) {").count(SOURCE)).isEqualTo(1);
        assertThat(new CodePattern("fail( rows,\n\"a text\" )").count(SOURCE)).isEqualTo(1);
    }

    @Test
    void wordsAreWhole() {
        assertThat(new CodePattern("int more").count(SOURCE)).isZero();
        assertThat(new CodePattern("rows").count(SOURCE)).isEqualTo(3);
        assertThat(new CodePattern("intmorerows").count(SOURCE)).isZero();
    }

    @Test
    void codeIsReplacedLiterally() {
        assertThat(new CodePattern("rows, \"a text\"").replaceFirst(SOURCE, " \"$1\\\\\" \n"))
                .contains("fail(\"$1\\\\\");");
    }
}

package io.glulam.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAlignedNumbersToTheRight() {
        TextTable table = new TextTable("name", ">size", "note");
        table.add("a", "1", "x");
        table.add("long name", "1,000", "");

        assertThat(table.lines(2, 80))
                .containsExactly("  name        size  note", "  a              1  x", "  long name  1,000");
    }

    @Test
    void theFirstColumnIsCutInTheMiddleWhereTheWidthDoesNotSuffice() {
        TextTable table = new TextTable("name", ">size");
        table.add("the.path.to.some.deeply.nested.leaf", "1");

        assertThat(table.lines(0, 24).get(1)).isEqualTo("the.path..ted.leaf     1");
        assertThat(table.lines(0, 24))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(24));
    }

    @Test
    void whatComesFromAFileCannotDriveTheTerminal() {
        assertThat(Texts.printable("a\u001b[31mb\nc\u202e")).isEqualTo("a\\u001b[31mb\\u000ac\\u202e");
        assertThat(Texts.printable("größe 数")).isEqualTo("größe 数");
    }
}

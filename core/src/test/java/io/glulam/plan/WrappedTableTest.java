package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class WrappedTableTest {
    private static String printed(WrappedTable table, int width) {
        StringBuilder text = new StringBuilder();
        table.print(text, width);
        return text.toString();
    }

    @Test
    void everyColumnIsAsWideAsItsWidestCell() {
        WrappedTable table = new WrappedTable("column", ">bytes", "tier");
        table.add("a", "1,000", "join");
        table.add("a longer one", "7", "recode");

        assertThat(printed(table, 80)).isEqualTo("""
            column        bytes  tier
            a             1,000  join
            a longer one      7  recode
            """);
    }

    @Test
    void whereTheWidthDoesNotSufficeColumnsWithoutANumberAreLeftOut() {
        WrappedTable table = new WrappedTable("column", ">moved", ">recoded", ">expected");
        table.add("a", "1", "-", "1");
        table.add("b", "-", "-", "2");

        assertThat(printed(table, 33)).startsWith("column  moved  recoded  expected\n");
        assertThat(printed(table, 31)).isEqualTo("""
            column  moved  expected
            a           1         1
            b           -         2
            """);
    }

    @Test
    void theLastColumnIsBrokenAtSpaces() {
        WrappedTable table = new WrappedTable("reason", "meaning");
        table.add("A", "one two three four five six seven eight nine");
        table.add("B", "short");

        assertThat(printed(table, 32)).isEqualTo("""
            reason  meaning
            A       one two three four five
                    six seven eight nine
            B       short
            """);
    }

    @Test
    void itIsNeverNarrowerThanThatAndALongWordIsCut() {
        WrappedTable table = new WrappedTable("reason", "meaning");
        table.add("A", "abcdefghijklmnopqrstuvwxyz");

        assertThat(printed(table, 10)).isEqualTo("""
            reason  meaning
            A       abcdefghijklmnopqrstuvwx
                    yz
            """);
    }
}

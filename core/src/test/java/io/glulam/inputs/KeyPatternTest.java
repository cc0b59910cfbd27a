package io.glulam.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class KeyPatternTest {
    private static boolean matches(String pattern, String path) {
        return KeyPattern.of(pattern).matcher(path).matches();
    }

    @ParameterizedTest(name = "{0} takes {1}: {2}")
    @CsvSource({
        "*.parquet, a.parquet, true",
        "*.parquet, .parquet, true",
        "*.parquet, a/b.parquet, false",
        "*.parquet, a.parquet.tmp, false",
        "dt=2026-11-*/*.parquet, dt=2026-11-30/a.parquet, true",
        "dt=2026-11-*/*.parquet, dt=2026-11-30/x/a.parquet, false",
        "**.parquet, a.parquet, true",
        "**.parquet, a/b/c.parquet, true",
        "a/**/c, a/b/b/c, true",
        "a/**/c, a/c, false",
        "part-?, part-1, true",
        "part-?, part-10, false",
        "part-?, part-, false",
        "a?b, a/b, false",
        "a.b, axb, false",
        "[ab], a, false",
        "[ab]*, [ab]c, true",
        "a\\Eb*, a\\Ebc, true"
    })
    void aPatternTakesWhatItSays(String pattern, String path, boolean expected) {
        assertThat(matches(pattern, path)).isEqualTo(expected);
    }

    @Test
    void aLineBreakIsACharacterLikeAnyOther() {
        assertThat(matches("*.parquet", "a\nb.parquet")).isTrue();
        assertThat(matches("**.parquet", "a/b\nc.parquet")).isTrue();
        assertThat(matches("**.parquet", "a/b\u2028c.parquet")).isTrue();
        assertThat(matches("a?b", "a\nb")).isTrue();
    }

    @Test
    void aCharacterOfTwoCodeUnitsIsOneCharacter() {
        assertThat(matches("a?b", "a\uD83D\uDE00b")).isTrue();
        assertThat(matches("*\uD83D\uDE00", "a\uD83D\uDE00")).isTrue();
    }

    @Test
    void thePartBeforeTheFirstWildCharacterIsTakenAsItIs() {
        assertThat(KeyPattern.firstWild("a/b*")).isEqualTo(3);
        assertThat(KeyPattern.firstWild("a/b?c*")).isEqualTo(3);
        assertThat(KeyPattern.firstWild("a/b")).isEqualTo(3);
        assertThat(KeyPattern.firstWild("")).isZero();
    }
}

package io.glulam.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void measuresEverythingUnlessTold() {
        assertThat(Options.parse(List.of()).sections()).containsExactly(Section.values());
    }

    @Test
    void measuresTheSectionsNamedInTheOrderOfTheDocumentation() {
        assertThat(Options.parse(List.of("reading", "copy", "--rounds", "2")).sections())
                .containsExactly(Section.COPY, Section.READING);
    }

    @Test
    void passesOnWhatStandsBehindTheDashes() {
        Options options = Options.parse(List.of("copy", "--", "--threads", "1"));
        assertThat(options.glulamOptions()).containsExactly("--threads", "1");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Options.parse(List.of("--fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown option --fast");
        assertThatThrownBy(() -> Options.parse(List.of("speed"))).hasMessageContaining("unknown section speed");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds"))).hasMessageContaining("--rounds needs a value");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"))).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "two"))).hasMessageContaining("not a number: two");
        assertThatThrownBy(() -> Options.parse(List.of("--scale", "-1"))).hasMessageContaining("above 0");
    }
}

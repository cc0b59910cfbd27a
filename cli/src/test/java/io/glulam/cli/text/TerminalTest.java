package io.glulam.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void withoutAWordFromTheLauncherNothingIsATerminal() {
        assertThat(terminal(Map.of(), Map.of())).isEqualTo(new Terminal(false, false, 80, false));
    }

    @Test
    void theLauncherNamesTheStreamsAndTheWidth() {
        Terminal terminal = terminal(Map.of("glulam.terminal", "out,err", "glulam.columns", "132"), Map.of());

        assertThat(terminal).isEqualTo(new Terminal(true, true, 132, true));
    }

    @Test
    void onlyResultsOnATerminalAreColoured() {
        assertThat(terminal(Map.of("glulam.terminal", ",err"), Map.of()))
                .isEqualTo(new Terminal(false, true, 80, false));
    }

    @Test
    void columnsOfTheEnvironmentComeFirst() {
        Terminal terminal = terminal(Map.of("glulam.columns", "132"), Map.of("COLUMNS", "100"));

        assertThat(terminal.columns()).isEqualTo(100);
    }

    @Test
    void widthsThatAreNoneOrBeyondReasonAreBounded() {
        assertThat(terminal(Map.of(), Map.of("COLUMNS", "wide")).columns()).isEqualTo(80);
        assertThat(terminal(Map.of(), Map.of("COLUMNS", "0")).columns()).isEqualTo(80);
        assertThat(terminal(Map.of(), Map.of("COLUMNS", "3")).columns()).isEqualTo(40);
        assertThat(terminal(Map.of(), Map.of("COLUMNS", "99999")).columns()).isEqualTo(400);
        assertThat(terminal(Map.of(), Map.of("COLUMNS", "99999999999")).columns())
                .isEqualTo(80);
    }

    @Test
    void noColorAndDumbTerminalsAreRespected() {
        Map<String, String> out = Map.of("glulam.terminal", "out");

        assertThat(terminal(out, Map.of("NO_COLOR", "1")).color()).isFalse();
        assertThat(terminal(out, Map.of("NO_COLOR", "")).color()).isTrue();
        assertThat(terminal(out, Map.of("TERM", "dumb")).color()).isFalse();
    }

    private static Terminal terminal(Map<String, String> properties, Map<String, String> environment) {
        Properties all = new Properties();
        all.putAll(properties);
        return Terminal.of(all, environment);
    }
}

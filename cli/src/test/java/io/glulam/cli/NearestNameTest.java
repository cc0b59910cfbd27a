package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {
    private static final List<String> NAMES =
            List.of("cat", "head", "compact", "inspect", "plan", "--effort", "--endpoint", "--max-rows");

    @ParameterizedTest
    @CsvSource({
        "compct, compact",
        "comapct, compact",
        "plna, plan",
        "cst, cat",
        "insp, inspect",
        "--effrt, --effort",
        "--efort=copy, --effort",
        "--endpiont, --endpoint",
        "--max-row, --max-rows"
    })
    void aNameOfWhichFewLettersDifferIsNear(String word, String name) {
        assertThat(NearestName.of(word, NAMES)).hasValue(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frobnicate", "squeeze", "ls", "--fast", "contact-sheet", "="})
    void aNameThatHasOnlySomeLettersOfTheWordIsNot(String word) {
        assertThat(NearestName.of(word, NAMES)).isEmpty();
    }

    @Test
    void theCommandSuggestsNothingForAWordThatIsNearNoCommand() {
        assertThat(Run.of("frobnicate").err().lines()).first().isEqualTo("glulam: unknown command 'frobnicate'");
        assertThat(Run.of("compatc").err().lines())
                .first()
                .isEqualTo("glulam: unknown command 'compatc'; did you mean 'compact'?");
    }
}

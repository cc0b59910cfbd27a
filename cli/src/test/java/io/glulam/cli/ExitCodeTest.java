package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    private static final List<GlulamException> ONE_OF_EACH = List.of(
            new CorruptFile(Place.UNKNOWN, ""),
            new Unsupported(Place.UNKNOWN, ""),
            new SourceChanged(Place.UNKNOWN, ""),
            new StorageFailed(Place.UNKNOWN, "", null),
            new VerificationFailed(Place.UNKNOWN, ""));

    @Test
    void everyKindOfFailureHasACodeOfItsOwn() {
        assertThat(ONE_OF_EACH.stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(GlulamException.class.getPermittedSubclasses());
        assertThat(ONE_OF_EACH.stream().map(ExitCode::of)).doesNotHaveDuplicates();
    }

    @Test
    void anOutThatExistsIsAMatterOfUsageWhoeverFindsItOut() {
        assertThat(ExitCode.of(new StorageFailed(StorageFailed.Kind.EXISTS, Place.UNKNOWN, "", null)))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theCodesAreThoseThatAreDocumented() {
        assertThat(ONE_OF_EACH.stream().map(failure -> ExitCode.of(failure).code()))
                .containsExactly(3, 4, 5, 6, 7);
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 70, 130);
    }

    @Test
    void theWorstOfSeveralOutcomesIsTheFailureWithTheHighestCode() {
        assertThat(ExitCode.DONE.and(ExitCode.BAD_FILE)).isEqualTo(ExitCode.BAD_FILE);
        assertThat(ExitCode.STORAGE_FAILED.and(ExitCode.BAD_FILE)).isEqualTo(ExitCode.STORAGE_FAILED);
        assertThat(ExitCode.BAD_FILE.and(ExitCode.NOTHING_TO_DO)).isEqualTo(ExitCode.BAD_FILE);
    }

    @Test
    void nothingToDoIsSaidOnlyIfThereWasNothingToDoAtAll() {
        assertThat(ExitCode.NOTHING_TO_DO.and(ExitCode.NOTHING_TO_DO)).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(ExitCode.NOTHING_TO_DO.and(ExitCode.DONE)).isEqualTo(ExitCode.DONE);
        assertThat(ExitCode.DONE.and(ExitCode.NOTHING_TO_DO)).isEqualTo(ExitCode.DONE);
    }
}

package io.glulam.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private final List<Runnable> offered = new ArrayList<>();
    private final ReadAhead ahead = new ReadAhead(offered::add);
    private final List<FutureTask<MovedPiece>> pieces = new ArrayList<>();

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            pieces.add(ahead.add(() -> {
                throw new CancellationException();
            }));
        }
    }

    @Test
    void theNextFourPiecesAreOfferedEachOnce() {
        add(6);
        ahead.offer();
        ahead.offer();

        assertThat(offered).isEqualTo(pieces.subList(0, 4));
    }

    @Test
    void withEachPieceThatIsReachedOneMoreIsOffered() {
        add(6);
        ahead.offer();
        ahead.reached();
        ahead.offer();

        assertThat(offered).isEqualTo(pieces.subList(0, 5));
    }

    @Test
    void aPieceThatWasReachedBeforeItWasOfferedIsNotOffered() {
        add(2);
        ahead.reached();
        ahead.offer();

        assertThat(offered).isEqualTo(pieces.subList(1, 2));
    }

    @Test
    void workersThatAFailureHasStoppedTakeNothingAndThatIsNoFailure() {
        ReadAhead stopped = new ReadAhead(piece -> {
            throw new RejectedExecutionException();
        });
        stopped.add(() -> {
            throw new CancellationException();
        });

        stopped.offer();
        stopped.reached();
    }
}

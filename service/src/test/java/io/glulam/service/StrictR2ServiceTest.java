package io.glulam.service;

import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.net.URI;

/** On a store that is as strict as R2: parts of one size, no conditions on what is copied. */
class StrictR2ServiceTest extends StoredServiceContract {
    private StrictStore strict;

    @Override
    URI startStore() {
        strict = StrictStore.start(StoreRules.R2);
        return strict.endpoint();
    }

    @Override
    void stopStore() {
        strict.close();
    }

    @Override
    String scheme() {
        return "r2";
    }
}

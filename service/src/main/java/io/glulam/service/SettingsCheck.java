package io.glulam.service;

import io.glulam.error.GlulamException;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.CatalogFailed;
import io.glulam.service.catalog.DatasetUpdate;
import io.glulam.service.database.Database;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.settings.InvalidSetting;
import io.glulam.service.settings.ServiceSettings;
import io.glulam.service.table.ServedTables;
import io.glulam.service.workflow.Failure;
import io.glulam.storage.StoreAbility;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries what the settings name, one thing after the other, before a server relies on it. Used by one thread. */
public final class SettingsCheck {
    private final ServiceSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    private SettingsCheck(ServiceSettings settings) {
        this.settings = settings;
    }

    /**
     * The result of one trial.
     *
     * @param subject what was tried: the name of a setting
     * @param works whether it can be used
     * @param detail what was found
     * @param remedy what to do about it; null for nothing
     */
    public record Finding(
            String subject,
            boolean works,
            String detail,
            @Nullable String remedy) {}

    /** Tries everything. The ledger's tables are made if they are missing; in a bucket a temporary object comes and goes. */
    public static List<Finding> run(ServiceSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.databases();
        check.attempt("bucket", check::bucket);
        check.attempt("port", check::port);
        check.attempt("token", check::token);
        check.attempt("callback-hosts", check::callbacks);
        if (settings.tables() != null) {
            check.attempt("tables", check::tables);
        }
        return List.copyOf(check.findings);
    }

    private interface Trial {
        String run() throws IOException;
    }

    private void attempt(String subject, Trial trial) {
        try {
            findings.add(new Finding(subject, true, trial.run(), null));
        } catch (InvalidSetting e) {
            findings.add(new Finding(subject, false, String.valueOf(e.getMessage()), null));
        } catch (CatalogFailed | DatabaseFailed | GlulamException e) {
            Failure failure = Failure.of(e);
            findings.add(new Finding(subject, false, failure.message(), failure.remedy()));
        } catch (IOException e) {
            findings.add(new Finding(subject, false, String.valueOf(e.getMessage()), null));
        }
    }

    private void databases() {
        try (DataFolder data = DataFolder.take(settings.data())) {
            findings.add(new Finding("data", true, "the folder " + settings.data() + " is free", null));
            attempt("ledger", () -> ledger(data));
            attempt("catalog", () -> catalog(data));
        } catch (InvalidSetting e) {
            findings.add(new Finding(
                    "data", false, String.valueOf(e.getMessage()), "stop the other server, or name another folder"));
        }
    }

    private String ledger(DataFolder data) {
        try (Database database = ServiceParts.ledger(settings, data)) {
            new Ledger(database, Clock.systemUTC()).migrate();
            return "reached, its tables are there";
        }
    }

    private String catalog(DataFolder data) {
        try (Catalog catalog = ServiceParts.catalog(settings, data)) {
            catalog.check();
            try {
                // No dataset has this id: only whether it may be done is of interest.
                catalog.update(
                        UUID.randomUUID().toString(),
                        new DatasetUpdate(Clock.systemUTC().instant(), 0, "0"));
            } catch (CatalogFailed failure) {
                boolean isNoId = failure.getCause() instanceof DatabaseFailed cause
                        && cause.state().startsWith("22");
                if (!isNoId) {
                    throw failure;
                }
            }
            return catalog.describe() + ": its columns can be read and written";
        }
    }

    private String bucket() {
        Bucket bucket = ServiceParts.bucket(settings);
        bucket.check();
        Set<StoreAbility> lacking = bucket.probe();
        if (!lacking.isEmpty()) {
            throw new InvalidSetting(
                    "without",
                    "must name what the store lacks: "
                            + lacking.stream().map(StoreAbility::word).collect(Collectors.joining(",")));
        }
        return bucket.describe() + ": objects can be listed, written, looked at and deleted";
    }

    private String port() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(settings.address());
            return address(settings) + " is free";
        } catch (IOException e) {
            throw new IOException(cannotListen(settings, e), e);
        }
    }

    /** Returns the sentence for an address that the server cannot have. */
    static String cannotListen(ServiceSettings settings, IOException cause) {
        return "cannot listen on " + address(settings) + ": " + cause.getMessage()
                + (cause instanceof BindException ? "; name another port, or 0 for any" : "");
    }

    private static String address(ServiceSettings settings) {
        return settings.address().getHostString() + ":" + settings.address().getPort();
    }

    private String token() {
        if (settings.tokens().isEmpty()) {
            return "none is needed: the server listens on this machine only";
        }
        return "every request needs one";
    }

    private String tables() {
        ServedTables tables = ServiceParts.tables(settings, ServiceParts.bucket(settings));
        List<String> catalogs = tables == null ? List.of() : tables.catalogs();
        int schedules =
                settings.tables() == null ? 0 : settings.tables().schedules().size();
        return "Delta tables of the bucket"
                + (catalogs.isEmpty() ? "" : " and tables of the catalogs " + String.join(", ", catalogs)) + "; "
                + schedules + " schedules";
    }

    private String callbacks() {
        Set<String> hosts = settings.workflow().defaults().callbacks().hosts();
        return hosts.isEmpty() ? "no host is allowed" : "signed, to " + String.join(", ", hosts);
    }
}

package io.glulam.service;

import io.glulam.service.bucket.Bucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.database.Database;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.http.HttpService;
import io.glulam.service.http.HttpSettings;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.metrics.Metrics;
import io.glulam.service.settings.InvalidSetting;
import io.glulam.service.settings.ServiceSettings;
import io.glulam.service.workflow.Workflow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: what the settings name, put together. Closing it lets the steps under way end, or hands them back. */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Bucket bucket;
    private final Catalog catalog;
    private final Workflow workflow;
    private final HttpService http;

    private Service(ServiceSettings settings) {
        try {
            DataFolder data = opened(DataFolder.take(settings.data()));
            this.bucket = ServiceParts.bucket(settings);
            this.catalog = opened(ServiceParts.catalog(settings, data));
            Database database = opened(ServiceParts.ledger(settings, data));
            migrate(database);
            Metrics metrics = new Metrics();
            this.workflow = new Workflow(
                    catalog,
                    bucket,
                    database,
                    settings.workflow(),
                    metrics,
                    Clock.systemUTC(),
                    ServiceParts.tables(settings, bucket),
                    settings.tables() == null ? List.of() : settings.tables().schedules());
            metrics.watch(workflow::ledger);
            this.http = opened(bind(settings, workflow, catalog, metrics));
            // Closed first: while it ends what is under way, requests still get their answers.
            opened(workflow);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void migrate(Database database) {
        try {
            new Ledger(database, Clock.systemUTC()).migrate();
        } catch (DatabaseFailed e) {
            throw new InvalidSetting("ledger", "its tables cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Opens everything and begins to serve.
     *
     * @throws InvalidSetting if something cannot be used as it is set
     */
    public static Service start(ServiceSettings settings) {
        Service service = new Service(settings);
        service.workflow.start();
        service.http.start();
        LOG.info(
                "serving {} with {} on port {}",
                service.bucket.describe(),
                service.catalog.describe(),
                service.http.address().getPort());
        return service;
    }

    /**
     * Opens everything and answers, but carries no instance on.
     *
     * @throws InvalidSetting if something cannot be used as it is set
     */
    public static Service open(ServiceSettings settings) {
        Service service = new Service(settings);
        service.http.start();
        return service;
    }

    private static HttpService bind(ServiceSettings settings, Workflow workflow, Catalog catalog, Metrics metrics) {
        try {
            HttpSettings http = new HttpSettings(
                    settings.hosts(),
                    !settings.isLocal() && settings.hosts().isEmpty(),
                    settings.tokens(),
                    settings.hookSecrets(),
                    settings.names());
            return HttpService.bind(settings.address(), http, workflow, catalog, metrics);
        } catch (IOException e) {
            throw new InvalidSetting("port", SettingsCheck.cannotListen(settings, e), e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** The address that it listens on. */
    public InetSocketAddress address() {
        return http.address();
    }

    /** Returns the routes that it answers, as {@code METHOD path}. */
    public List<String> routes() {
        return http.routes();
    }

    /** The catalog that it works for. */
    public Catalog catalog() {
        return catalog;
    }

    /** Takes no more requests, ends or hands back what is under way, and lets go of everything; takes seconds at most. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} could not be closed: {}", part.getClass().getSimpleName(), e.getMessage());
            }
        }
    }
}

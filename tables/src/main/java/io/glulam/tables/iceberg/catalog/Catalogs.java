package io.glulam.tables.iceberg.catalog;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.tables.iceberg.files.FileProperties;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import io.glulam.tables.iceberg.files.Locations;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.rest.RESTCatalog;

/** Opens catalogs by their configuration. */
public final class Catalogs {
    /** Ways to authenticate that need no classes but Iceberg's core. */
    private static final Set<String> AUTHENTICATION = Set.of("none", "basic", "oauth2");

    private Catalogs() {}

    /**
     * Opens a catalog.
     *
     * @throws Unsupported if Glulam does not speak to its kind
     * @throws StorageFailed if it is not configured, or does not answer
     */
    public static TableCatalog open(String name, CatalogSettings settings) {
        Map<String, String> properties = new HashMap<>(settings.of(name));
        if (properties.isEmpty()) {
            throw new StorageFailed(
                    StorageFailed.Kind.MISSING,
                    Place.of(name),
                    "there is no catalog of that name" + known(settings),
                    Remedy.CATALOG.text(CatalogSettings.defaultFile(settings.environment())));
        }
        // Files are read and written through Glulam's stores only.
        properties.keySet().removeIf(key -> key.endsWith("-impl"));
        properties.put(CatalogProperties.FILE_IO_IMPL, GlulamFileIO.class.getName());
        String type = properties.getOrDefault("type", "rest").toLowerCase(Locale.ROOT);
        properties.remove("type");
        return translating(name, () -> switch (type) {
            case "rest" -> rest(name, properties);
            case "jdbc" -> jdbc(name, properties);
            case "hadoop" -> new FileSystemCatalog(name, properties);
            default ->
                throw new Unsupported(
                        Place.of(name),
                        "Glulam does not speak to catalogs of type " + type,
                        "use a catalog of type rest, jdbc or hadoop, or the table's own engine");
        });
    }

    private static String known(CatalogSettings settings) {
        return settings.names().isEmpty() ? "" : "; known are " + String.join(", ", settings.names());
    }

    private static TableCatalog rest(String name, Map<String, String> properties) {
        String authentication = properties.get("rest.auth.type");
        if (authentication != null && !AUTHENTICATION.contains(authentication.toLowerCase(Locale.ROOT))) {
            throw new Unsupported(
                    Place.of(name),
                    "rest.auth.type " + authentication + " is not supported",
                    "use one of " + String.join(", ", new java.util.TreeSet<>(AUTHENTICATION)));
        }
        properties.put(FileProperties.REMOTE, "true");
        properties.putIfAbsent("header.X-Iceberg-Access-Delegation", "vended-credentials");
        RESTCatalog catalog = new RESTCatalog(config -> GuardedRestClient.to(config));
        catalog.initialize(name, properties);
        return new Adapter(name, catalog, properties, true, List.of());
    }

    /**
     * Postgres's answer on a connection that it has ended meanwhile: Iceberg opens another one and asks again. A commit
     * that was carried out and is asked for again meets itself, which is found by its run.
     */
    private static final String CUT_CONNECTIONS = "57P01,57P02,57P03";

    private static TableCatalog jdbc(String name, Map<String, String> properties) {
        JdbcCatalog catalog = new JdbcCatalog(null, null, false); // Looks for tables; makes none for itself.
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent("retryable_status_codes", CUT_CONNECTIONS);
        catalog.initialize(name, all);
        return new Adapter(name, catalog, properties, false, List.of());
    }

    /** A request to a catalog. */
    interface Question<T> {
        T ask();
    }

    /** Asks a catalog, and turns Iceberg's failures into Glulam's. */
    static <T> T translating(String name, Question<T> question) {
        Place place = Place.of(name);
        try {
            return question.ask();
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            throw new StorageFailed(StorageFailed.Kind.MISSING, place, "there is no such table", null, false, e);
        } catch (NotAuthorizedException | ForbiddenException e) {
            throw new StorageFailed(
                    StorageFailed.Kind.DENIED,
                    place,
                    "the catalog does not allow it: " + firstLine(e),
                    "look at the catalog's token or credential",
                    false,
                    e);
        } catch (RESTException | UncheckedSQLException e) {
            throw new StorageFailed(place, "the catalog failed: " + firstLine(e), null, true, e);
        }
    }

    /**
     * Loads a table.
     *
     * @throws Unsupported also if its metadata has something that Iceberg's library does not read, such as a format version that it
     *     does not know, or a default value of a whole struct
     */
    static Table loading(String name, Question<Table> question) {
        try {
            return translating(name, question);
        } catch (IllegalArgumentException e) {
            throw new Unsupported(
                    Place.of(name),
                    "Iceberg's library does not read the table's metadata: " + firstLine(e),
                    "use an engine that reads the table",
                    e);
        }
    }

    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** One of Iceberg's own catalogs. */
    private record Adapter(
            String name, Catalog catalog, Map<String, String> properties, boolean remote, List<String> warnings)
            implements TableCatalog {
        @Override
        public Table load(TableIdentifier identifier) {
            return loading(name + "." + identifier, () -> {
                Table loaded = catalog.loadTable(identifier);
                // A catalog could plan scans itself; a table's own manifests are the one source here.
                return new BaseTable(((HasTableOperations) loaded).operations(), loaded.name());
            });
        }

        @Override
        public Locations locations(Table table) {
            return locationsOf(table, properties, remote);
        }

        @Override
        public void close() {
            if (catalog instanceof Closeable closeable) {
                try {
                    closeable.close();
                } catch (IOException e) {
                    throw new StorageFailed(Place.of(name), "the catalog could not be closed", null, false, e);
                }
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Locations locationsOf(Table table, Map<String, String> properties, boolean remoteCatalog) {
        List<String> roots = new ArrayList<>();
        roots.add(table.location());
        String data = table.properties().get(TableProperties.WRITE_DATA_LOCATION);
        if (data != null) {
            roots.add(data);
        }
        boolean remote = remoteCatalog || !Locations.isLocal(table.location());
        return Locations.of(roots, FileProperties.list(properties, FileProperties.ALLOWED_LOCATIONS), remote);
    }
}

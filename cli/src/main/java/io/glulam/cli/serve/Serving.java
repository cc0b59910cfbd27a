package io.glulam.cli.serve;

import io.glulam.cli.demo.DemoFile;
import io.glulam.cli.text.Output;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.service.Service;
import io.glulam.service.SettingsCheck;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.settings.InvalidSetting;
import io.glulam.service.settings.ServiceSettings;
import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Runs the server until the process gets a signal to stop. */
public final class Serving {
    /** The dataset and the object of the demonstration, as the first sketch of the system called them. */
    private static final String DEMO_DATASET = "uuid";

    private static final String DEMO_KEY = "path/to/file.parquet";
    private static final int USAGE = 2;

    private final Output output;
    private final Map<String, String> flags;
    private final Set<String> names;

    /**
     * @param flags settings given on the command line
     * @param names of all settings
     */
    public Serving(Output output, Map<String, String> flags, Set<String> names) {
        this.output = output;
        this.flags = flags;
        this.names = names;
    }

    /**
     * Serves, and gives the exit code when the process is to end.
     *
     * @param demoRowGroups row groups of the demonstration's object; 0 for no demonstration
     */
    public int run(int demoRowGroups) {
        Thread runner = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        try {
            SettingsSource source = SettingsSource.of(flags, System.getenv(), names);
            configureLog(source);
            ServiceSettings settings = SettingsReader.read(source);
            if (demoRowGroups > 0) {
                if (settings.bucket().contains("://")) {
                    throw new InvalidSetting("bucket", "must be a folder for --demo");
                }
                makeObject(Path.of(settings.bucket()), demoRowGroups);
            }
            Service service = Service.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, ended), "glulam-stop-service"));
            if (demoRowGroups > 0) {
                addDataset(service.catalog());
            }
            greet(service.address(), demoRowGroups > 0);
            ended.await();
            return 0;
        } catch (InvalidSetting invalid) {
            output.messages().println("glulam: " + invalid.getMessage());
            return USAGE;
        } catch (InterruptedException e) {
            runner.interrupt();
            return 0;
        }
    }

    /** Tries every setting, and prints what came of it; the exit code is 2 if anything cannot be used. */
    public int check() {
        try {
            List<SettingsCheck.Finding> findings =
                    SettingsCheck.run(SettingsReader.read(SettingsSource.of(flags, System.getenv(), names)));
            for (SettingsCheck.Finding finding : findings) {
                String line = String.format(
                        "%-5s  %-14s  %s", finding.works() ? "ok" : "wrong", finding.subject(), finding.detail());
                output.line(finding.remedy() == null ? line : line + "; " + finding.remedy());
            }
            return findings.stream().allMatch(SettingsCheck.Finding::works) ? 0 : USAGE;
        } catch (InvalidSetting invalid) {
            output.line("wrong  " + invalid.getMessage());
            return USAGE;
        }
    }

    private static void stop(Service service, CountDownLatch ended) {
        service.close();
        ended.countDown();
    }

    private static void configureLog(SettingsSource source) {
        String form = source.find("log");
        if (form != null) {
            if (!form.equals("json") && !form.equals("text")) {
                throw new InvalidSetting("log", "must be json or text");
            }
            System.setProperty("glulam.log", form);
        }
    }

    private void makeObject(Path bucket, int rowGroups) {
        Path file = bucket.resolve(DEMO_KEY);
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new StorageFailed(Place.of(bucket.toString()), "the folder cannot be made", null, false, e);
        }
        output.line("Making " + file + ", fragmented as a streaming writer leaves it ...");
        output.results().flush();
        DemoFile.write(file, rowGroups, (written, of) -> {});
    }

    private static void addDataset(Catalog catalog) {
        catalog.add(DEMO_DATASET, DEMO_KEY, true);
    }

    private void greet(InetSocketAddress address, boolean demo) {
        String url = "http://" + (address.getAddress().isLoopbackAddress() ? "localhost" : address.getHostString())
                + ":" + address.getPort();
        output.line("Serving " + url + " until Ctrl-C");
        if (demo) {
            output.line("");
            output.line("  curl -X POST " + url + "/compact -H \"Content-Type: application/json\" \\");
            output.line("    -d '{\"datasetId\":\"" + DEMO_DATASET + "\",\"bucketKey\":\"" + DEMO_KEY + "\"}'");
            output.line("  curl " + url + "/status/ID      # the id that the first call returned");
        }
        output.results().flush();
    }
}

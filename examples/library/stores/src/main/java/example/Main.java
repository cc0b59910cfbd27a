package example;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.storage.ObjectRef;

/** Compacts an object of a store in place, with the credentials and the endpoint of the environment. */
public final class Main {
    private Main() {}

    /** @param arguments the object, as {@code s3://BUCKET/KEY} */
    public static void main(String[] arguments) {
        ObjectRef object = new S3Stores(S3Settings.ofProcess()).object(arguments[0]);
        CompactionReport report = new Compactor(CompactionOptions.defaults()).run(Job.inPlace(object));
        System.out.println(report.before().rowGroups() + " row groups became "
                + report.after().rowGroups());
    }
}

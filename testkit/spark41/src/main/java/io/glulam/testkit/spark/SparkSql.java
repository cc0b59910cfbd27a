package io.glulam.testkit.spark;

import io.glulam.testkit.line.LineServer;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Answers {@link Statements}, one a line. Arguments: settings of the session, each {@code KEY=VALUE}. */
public final class SparkSql {
    private SparkSql() {}

    public static void main(String[] arguments) throws IOException {
        SparkConf settings = new SparkConf().setAppName("glulam");
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            settings.set(argument.substring(0, equals), argument.substring(equals + 1));
        }
        SparkSession session = SparkSession.builder().config(settings).getOrCreate();
        try {
            LineServer.serve(new Statements(session)::answer);
        } finally {
            session.stop();
        }
    }
}

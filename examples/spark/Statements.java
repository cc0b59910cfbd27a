import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Runs the statements of a file, as {@code spark-sql -f} does, and prints their rows. */
public final class Statements {
    private Statements() {}

    /** Runs them; the first one that fails ends the program. */
    public static void main(String[] arguments) throws Exception {
        String text = Files.readString(Path.of(arguments[0])).replaceAll("(?m)--.*$", "");
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            for (String statement : text.split(";", -1)) {
                if (!statement.isBlank()) {
                    System.out.println("> " + statement.strip().replaceAll("\\s+", " "));
                    spark.sql(statement).collectAsList().forEach(System.out::println);
                }
            }
        }
    }
}

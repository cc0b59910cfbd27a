package io.glulam.testkit.generate;

import java.util.List;
import java.util.Random;

/** SQL expressions for columns, each a function of the row number {@code i}. */
final class DuckDbColumns {
    /** {@code $h} is a hash of the row, {@code $n} a hash below some cardinality, {@code $w} a word. */
    private static final List<String> EXPRESSIONS = List.of(
            "($n % 2 = 0)",
            "i",
            "($n)::INTEGER",
            "($h)",
            "($n % 100)::TINYINT",
            "($n % 200)::UTINYINT",
            "($n % 30000)::SMALLINT",
            "($n % 60000)::USMALLINT",
            "($h % 4000000000)::UINTEGER",
            "($n / 7.0)::FLOAT",
            "CASE $n % 7 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN -0.0 WHEN 2 THEN 'infinity'::DOUBLE ELSE $n / 9.0 END",
            "($n % 1000 / 10.0)::DECIMAL(4, 1)",
            "($n % 100000 / 100.0)::DECIMAL(9, 2)",
            "($n * 1.001)::DECIMAL(18, 3)",
            "(($h)::HUGEINT * 1000003)::DECIMAL(38, 6)",
            "$w",
            "$w || '/' || ($n)::VARCHAR",
            "md5(($h)::VARCHAR)",
            "encode($w)",
            "DATE '2020-01-01' + ($n % 9999)::INTEGER",
            "TIME '00:00:00' + to_seconds(($n % 86400)::INTEGER)",
            "TIMESTAMP '2026-01-01' + to_milliseconds((i * 37)::BIGINT)",
            "(TIMESTAMP '2026-01-01' + to_seconds(($n)::INTEGER))::TIMESTAMP_NS",
            "(TIMESTAMP '2026-01-01' + to_seconds(($n)::INTEGER))::TIMESTAMP_MS",
            "(TIMESTAMP '2026-01-01' + to_seconds(($n)::INTEGER))::TIMESTAMPTZ",
            "to_days(($n % 1000)::INTEGER)",
            "md5(($n)::VARCHAR)::UUID",
            "['low', 'mid', 'high'][($n % 3)::INTEGER + 1]::ENUM ('low', 'mid', 'high')",
            "list_transform(range(($n % 4)::BIGINT), lambda x: CASE WHEN x = 2 THEN NULL ELSE x + $n END)",
            "list_transform(range(($n % 3)::BIGINT), lambda x: range(x))",
            "{'a': $n, 'b': CASE WHEN $n % 5 = 0 THEN NULL ELSE $w END}",
            "MAP {$w: $n, 'z' || $w: i}",
            "[{'k': $w, 'v': [$n, NULL]}]");

    private static final int[] CARDINALITIES = {1, 3, 20, 1000, 1_000_000};
    private static final String WORDS = "['click', 'view', 'Zürich', '東京', '🦊', '', 'a''b', repeat('long ', 60)]";

    private DuckDbColumns() {}

    /** Any expression, sometimes null in some rows or in all. */
    static String any(Random random) {
        String hash = "hash(i * %d + %d)".formatted(2 * random.nextInt(1000) + 1, random.nextInt(1000));
        String number = "(%s %% %d)::BIGINT".formatted(hash, CARDINALITIES[random.nextInt(CARDINALITIES.length)]);
        String expression = EXPRESSIONS
                .get(random.nextInt(EXPRESSIONS.size()))
                .replace("$w", "%s[(%s %% 8)::INTEGER + 1]".formatted(WORDS, number))
                .replace("$n", "(" + number + ")")
                .replace("$h", hash);
        return switch (random.nextInt(6)) {
            case 0 -> "CASE WHEN hash(i + 17) % 10 < 3 THEN NULL ELSE " + expression + " END";
            case 1 -> "CASE WHEN i // 3000 % 2 = 0 THEN NULL ELSE " + expression + " END";
            default -> expression;
        };
    }
}

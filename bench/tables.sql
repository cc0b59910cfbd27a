-- Web events of 44 bytes a row: sorted ids and times, random and repeating values, nulls, a decimal, a nested list.
-- ${rows} rows in ${files} files of one row group each, as ${files} small appends leave them; ${files} divided by
-- ${partitions} files a partition.
SELECT
    id,
    timestamp_micros(1700000000000000 + id * 250000 + pmod(xxhash64(id), 200000)) AS at,
    xxhash64(id, 1) AS visitor,
    element_at(array('DE', 'FR', 'US', 'GB', 'IN', 'BR', 'JP', 'CN', 'NL', 'PL'),
        CAST(pmod(xxhash64(id, 2), 10) + 1 AS int)) AS country,
    concat('/item/', CAST(pmod(xxhash64(id, 3), 5000) AS string), '/view') AS path,
    if(pmod(xxhash64(id, 4), 10) = 0, NULL, CAST(xxhash64(id, 5) AS double) / 1e12) AS price,
    CAST(pmod(xxhash64(id, 6), 1000000) / 100 AS decimal(12, 2)) AS amount,
    md5(CAST(id AS string)) AS session,
    CAST(pmod(xxhash64(id, 7), 100) AS int) AS score,
    pmod(xxhash64(id, 8), 2) = 0 AS active,
    if(pmod(id, 3) = 0, array('a', concat('t', CAST(pmod(xxhash64(id, 9), 20) AS string))), array()) AS tags,
    CAST(id * ${partitions} DIV ${rows} AS int) AS part
FROM range(0, ${rows}, 1, ${files})

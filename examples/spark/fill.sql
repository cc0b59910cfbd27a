-- Tables and files as docs/spark.md names them.
CREATE TABLE prod.db.events (id BIGINT, text STRING, day DATE) USING iceberg PARTITIONED BY (day)
    TBLPROPERTIES ('write.distribution-mode' = 'none');
INSERT INTO prod.db.events SELECT id, sha2(CAST(id AS STRING), 256), DATE '2026-10-31' FROM range(0, 600, 1, 6);
INSERT INTO prod.db.events SELECT id, sha2(CAST(id AS STRING), 256), DATE '2026-11-01' FROM range(600, 1200, 1, 6);

CREATE TABLE delta.`/data/lake/events` (id BIGINT, text STRING, day DATE) USING delta PARTITIONED BY (day);
INSERT INTO delta.`/data/lake/events` SELECT id, sha2(CAST(id AS STRING), 256), DATE '2026-10-31' FROM range(0, 600, 1, 6);
INSERT INTO delta.`/data/lake/events` SELECT id, sha2(CAST(id AS STRING), 256), DATE '2026-11-01' FROM range(600, 1200, 1, 6);

CREATE TABLE raw (id BIGINT, text STRING, dt STRING) USING parquet PARTITIONED BY (dt) LOCATION '/data/raw';
INSERT INTO raw SELECT id, sha2(CAST(id AS STRING), 256), '2026-11-01' FROM range(0, 600, 1, 6);
INSERT INTO raw SELECT id, sha2(CAST(id AS STRING), 256), '2026-11-02' FROM range(600, 1200, 1, 6);

SELECT 'iceberg', count(*), bit_xor(xxhash64(*)) FROM prod.db.events;
SELECT 'delta', count(*), bit_xor(xxhash64(*)) FROM delta.`/data/lake/events`;
SELECT 'plain', count(*), bit_xor(xxhash64(id, text)) FROM parquet.`/data/raw`;

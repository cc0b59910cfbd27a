const ICEBERG = 'iceberg:';
const DELTA = 'delta:';

/** Whether a key of the catalog, or of a request, is the name of an Iceberg or Delta table. */
export function isTable(key: string): boolean {
  return key.startsWith(ICEBERG) || key.startsWith(DELTA);
}

/**
 * Whether a prefix of keys, as tokens have it, allows the table: a Delta table is its folder; an Iceberg table is allowed only
 * by prefixes that begin as its name does.
 */
export function isTableAllowed(name: string, prefix: string): boolean {
  if (name.startsWith(DELTA)) {
    const folder = name.slice(DELTA.length);
    return (folder.endsWith('/') ? folder : `${folder}/`).startsWith(prefix);
  }
  return prefix.startsWith(ICEBERG) && name.startsWith(prefix);
}

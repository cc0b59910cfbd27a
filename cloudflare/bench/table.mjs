// What was measured, as Markdown.

const total = ({ user, system }) => user + system;

/** Subtracts a time from another one. */
function less(whole, part) {
  return { user: whole.user - part.user, system: whole.system - part.system };
}

/** The middle one, or of an even number the mean of the two in the middle. */
export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function split({ user, system }) {
  return `${user.toFixed(2)} + ${system.toFixed(2)} s`;
}

/** A Markdown table. */
export function markdown(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * A row for each round of a compaction, and the medians of their ratios. Times are `{user, system}` in seconds.
 *
 * @param rounds of each `jvm`, the command's process; `workerd`, the process with the engine; `plain`, what the same process took for the
 *   same requests without the engine; `beside`, wrangler's other processes; `load` of the machine
 */
export function compactionTable(rounds) {
  const all = rounds.map(ratios);
  const rows = rounds.map(({ jvm, workerd, plain, beside, load }, i) => [
    i === 0 ? '1, a new isolate' : String(i + 1), split(jvm), split(workerd), split(plain), split(less(workerd, plain)),
    all[i].engine.toFixed(2), all[i].workerd.toFixed(2), split(beside), load.toFixed(1),
  ]);
  const medians = ['engine', 'workerd'].map((name) => median(all.map((ratio) => ratio[name])).toFixed(2));
  return markdown(
    ['round', 'JVM, user + system', 'workerd', 'of it without the engine', 'of it the engine', 'engine ÷ JVM', 'workerd ÷ JVM',
      "wrangler's other processes", 'load'],
    rounds.length === 1 ? rows : [...rows, ['median', '', '', '', '', ...medians, '', '']]);
}

/** How many times the JVM's processor time the engine alone took, and the whole process around it. */
export function ratios({ jvm, workerd, plain }) {
  return { engine: total(less(workerd, plain)) / total(jvm), workerd: total(workerd) / total(jvm) };
}

/** The gzipped KiB of a Worker, by what `wrangler deploy --dry-run` says. */
export function gzippedSize(said) {
  const size = /gzip: ([\d.]+) KiB/.exec(said)?.[1];
  if (size === undefined) {
    throw new Error(`wrangler does not tell the size: ${said}`);
  }
  return Number(size);
}

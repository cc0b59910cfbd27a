// Processor times as Linux counts them: /proc/PID/stat, described in proc(5).
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in ticks. */
let ticksOfSecond;

/**
 * Parses the line of /proc/PID/stat. Times are in ticks; `children` has the time of children that have ended and were waited for.
 */
export function parseStat(line) {
  // The name may hold blanks and parentheses itself.
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const fields = line.slice(close + 2).split(' ');
  const number = (field) => Number(fields[field - 3]);
  const stat = {
    pid: Number(line.slice(0, open)),
    name: line.slice(open + 1, close),
    group: number(5),
    times: { user: number(14), system: number(15) },
    children: { user: number(16), system: number(17) },
  };
  const numbers = [stat.pid, stat.group, ...Object.values(stat.times), ...Object.values(stat.children)];
  if (open < 1 || close < open || !numbers.every(Number.isInteger)) {
    throw new Error(`not a line of /proc/PID/stat: ${line}`);
  }
  return stat;
}

/** The processes of a process group. */
function processesOf(group) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
    } catch (failure) {
      if (failure.code === 'ENOENT' || failure.code === 'ESRCH') {
        return []; // It has ended meanwhile.
      }
      throw failure;
    }
  }).filter((process) => process.group === group);
}

/**
 * Returns what each process has taken between two lists of processes: `{pid, name, user, system, all}`, in ticks; `all` is its time since
 * it began.
 *
 * @throws Error if a process has ended in between: its time is unknown
 */
export function taken(before, after) {
  const gone = before.find(({ pid }) => after.every((process) => process.pid !== pid));
  if (gone !== undefined) {
    throw new Error(`${gone.name} (${gone.pid}) has ended meanwhile: its processor time is unknown`);
  }
  return after.map(({ pid, name, times }) => {
    const { user, system } = before.find((process) => process.pid === pid)?.times ?? { user: 0, system: 0 };
    return { pid, name, user: times.user - user, system: times.system - system, all: times.user + times.system };
  });
}

/**
 * Tells wrangler's processes apart: `engine` is the time of the workerd that has computed most since it began. That one has the Worker's
 * isolate, the local bucket and the Durable Objects in it. `beside` is the time of all others: Node, and the workerd that is wrangler's proxy.
 *
 * @param processes as {@link taken} returns them
 */
export function ofWorkerd(processes) {
  const [engine] = processes.filter(({ name }) => name.startsWith('workerd')).sort((one, other) => other.all - one.all);
  if (engine === undefined) {
    throw new Error('no process of the group is a workerd');
  }
  const others = processes.filter((process) => process !== engine);
  return { pid: engine.pid, engine: sum([engine]), beside: sum(others) };
}

function sum(times) {
  return times.reduce((all, { user, system }) => ({ user: all.user + user, system: all.system + system }), { user: 0, system: 0 });
}

/** Returns the `result` of the work, and the seconds that wrangler's processes took for it: `{pid, engine, beside, wall}`. */
export async function workerdDuring(group, work) {
  const before = processesOf(group);
  const start = performance.now();
  const result = await work();
  const wall = (performance.now() - start) / 1000;
  const { pid, engine, beside } = ofWorkerd(taken(before, processesOf(group)));
  return { result, pid, engine: seconds(engine), beside: seconds(beside), wall };
}

/** Returns the seconds that a command took, with its children, and its wall time. */
export function commandTimes(work) {
  const before = ofChildren();
  const start = performance.now();
  work();
  const wall = (performance.now() - start) / 1000;
  const after = ofChildren();
  return { ...seconds({ user: after.user - before.user, system: after.system - before.system }), wall };
}

function ofChildren() {
  return parseStat(readFileSync('/proc/self/stat', 'utf8')).children;
}

function seconds({ user, system }) {
  ticksOfSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return { user: user / ticksOfSecond, system: system / ticksOfSecond };
}

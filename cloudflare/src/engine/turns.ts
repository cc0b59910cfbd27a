/** How long the one whose turn it is may give no sign of life: longer than a request is waited for. */
const SILENCE = 150_000;
const POLL = 50;

/** Whose turn it is, and when it last asked the bucket for anything. */
let holder: { alive: number } | undefined;

/**
 * An isolate has one memory for all of its compactions: they wait for one another. One whose Workflow was ended in the
 * middle never comes back; after some silence the next one does not wait for it any more.
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  while (holder !== undefined && Date.now() - holder.alive < SILENCE) {
    await scheduler.wait(POLL);
  }
  const mine = { alive: Date.now() };
  holder = mine;
  try {
    return await work();
  } finally {
    if (holder === mine) {
      holder = undefined;
    }
  }
}

export function giveSignOfLife(): void {
  if (holder !== undefined) {
    holder.alive = Date.now();
  }
}

import { DurableObject } from 'cloudflare:workers';
import { deliver } from '../callbacks/delivery.ts';
import { CallbackTable } from '../callbacks/table.ts';
import { IN_DEVELOPMENT, type Env } from '../env.ts';
import type { Failure } from '../failure.ts';
import { feedEnded } from '../feed/ended.ts';
import { workflowId } from '../instance/ids.ts';
import type { LedgerClient } from '../instance/ledger.ts';
import {
  hasEnded, type Control, type FullInstance, type Instance, type InstanceFilter, type Json, type Leftover,
  type NewInstance, type Progress, type Run, type Status, type Submission,
} from '../instance/types.ts';
import { Meter } from '../metrics/meter.ts';
import { pointOf } from '../metrics/points.ts';
import { at } from '../metrics/result.ts';
import { settingsOf } from '../settings.ts';
import { serves } from '../terms/merge.ts';
import { Book } from './book.ts';
import { Remains } from './remains.ts';

/** How often what is under way is looked after. */
const WATCH = 15_000;
/** How long a Workflow may be silent until it is asked whether it still runs. */
const SILENCE = 45_000;

/** Since when this isolate lives: a Workflow that was under way before may be stuck, in `wrangler dev`. */
let revived = !IN_DEVELOPMENT;

/**
 * The ledger of all instances, and who begins next: an instance has its object for itself while its Workflow runs, and only
 * so many run at once. What a run writes names its epoch; after a restart or an end an older one is refused.
 */
export class Ledger extends DurableObject<Env> implements LedgerClient {
  readonly #book: Book;
  readonly #callbacks: CallbackTable;
  readonly #meter: Meter;
  readonly #remains: Remains;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#book = new Book(ctx.storage.sql);
    this.#callbacks = new CallbackTable(ctx.storage.sql);
    this.#meter = new Meter(ctx.storage.sql);
    this.#remains = new Remains(this.#book, env.BUCKET);
  }

  // ---- what people ask

  async create(instance: NewInstance): Promise<Submission> {
    const { mostQueued } = settingsOf(this.env);
    if ((this.#book.counts().queued ?? 0) >= mostQueued) {
      return { kind: 'full', most: mostQueued };
    }
    if (instance.id !== null && this.#book.find(instance.id) !== undefined) {
      return { kind: 'taken' };
    }
    const queued = this.#book.queuedFor(instance.key);
    if (queued !== undefined && !serves(this.#book.find(queued)!.request, instance.request)) {
      return { kind: 'differs', id: queued };
    }
    const id = queued ?? instance.id ?? crypto.randomUUID();
    if (queued === undefined) {
      this.#book.create(instance, id);
    }
    if (instance.callbackUrl != null) {
      this.#callbacks.add(id, instance.callbackUrl);
    }
    await this.#beginReady();
    return { kind: 'accepted', id, isNew: queued === undefined };
  }

  async find(id: string): Promise<FullInstance | null> {
    const instance = this.#book.full(id);
    return instance === undefined ? null : { ...instance, callbacks: this.#callbacks.of(id) };
  }

  async list(filter: InstanceFilter): Promise<{ instances: Instance[]; counts: Partial<Record<Status, number>> }> {
    return { instances: this.#book.list(filter), counts: this.#book.counts() };
  }

  async metrics(): Promise<string> {
    return this.#meter.text(this.#book.counts());
  }

  async ping(): Promise<void> {
    this.#book.counts();
  }

  async isLeftover(key: string): Promise<boolean> {
    return this.#book.isLeftover(key);
  }

  async deleteAt(key: string, time: number): Promise<void> {
    this.#book.addLeftover('', { key, etag: null, deleteAfter: time });
    await this.#watchLater();
  }

  async pause(id: string): Promise<Control> {
    return this.#control(id, async (instance, run) => {
      switch (instance.status) {
        case 'queued':
          this.#book.setStatus(id, 'paused');
          break;
        case 'waiting':
        case 'running':
          this.#book.setStatus(id, instance.status === 'running' ? 'waitingForPause' : 'paused');
          await this.#workflow(run, (workflow) => workflow.pause());
          break;
        case 'paused':
        case 'waitingForPause':
          break;
        default:
          return ended(instance);
      }
      return { kind: 'done' };
    });
  }

  async resume(id: string): Promise<Control> {
    return this.#control(id, async (instance, run) => {
      switch (instance.status) {
        case 'paused':
          if (instance.bucketKey !== null && !this.#holds(id)) {
            return this.#queue(instance, () => this.#book.setStatus(id, 'queued'));
          }
          this.#book.setStatus(id, 'running');
          await this.#workflow(run, (workflow) => workflow.resume());
          break;
        case 'waitingForPause':
          this.#book.setStatus(id, 'running');
          await this.#workflow(run, (workflow) => workflow.resume());
          break;
        case 'queued':
        case 'waiting':
        case 'running':
          break;
        default:
          return ended(instance);
      }
      return { kind: 'done' };
    });
  }

  async terminate(id: string): Promise<Control> {
    return this.#control(id, async (instance, run) => {
      if (instance.status === 'terminated') {
        return { kind: 'done' };
      }
      if (hasEnded(instance.status)) {
        return ended(instance);
      }
      this.#end(id, 'terminated', null, null);
      await this.#workflow(run, (workflow) => workflow.terminate());
      await this.#remains.abortUploads(id);
      await this.#remains.leaveTemporary(run);
      await this.#beginReady();
      return { kind: 'done' };
    });
  }

  async restart(id: string, key: string | null): Promise<Control> {
    return this.#control(id, async (instance, run) => {
      if (!hasEnded(instance.status) && instance.status !== 'paused') {
        return { kind: 'refused', reason: `it is ${instance.status}; pause or terminate it first` };
      }
      const queued = this.#queue(instance, () => {
        this.#book.restart(id, key);
        this.#callbacks.reset(id);
      });
      if (queued.kind === 'done' && instance.status === 'paused') {
        await this.#workflow(run, (workflow) => workflow.terminate());
      }
      await this.#beginReady();
      return queued;
    });
  }

  #queue(instance: Instance, change: () => void): Control {
    const queued = this.#book.queuedFor(instance.bucketKey);
    if (queued !== undefined) {
      return {
        kind: 'refused',
        reason: `instance ${queued} is queued for the same object; terminate that one first`,
      };
    }
    const { mostQueued } = settingsOf(this.env);
    if ((this.#book.counts().queued ?? 0) >= mostQueued) {
      return { kind: 'full', reason: `${mostQueued} instances are queued already` };
    }
    change();
    return { kind: 'done' };
  }

  async #control(id: string, decide: (instance: Instance, run: Run) => Promise<Control>): Promise<Control> {
    const instance = this.#book.find(id);
    if (instance === undefined) {
      return { kind: 'missing' };
    }
    const control = await decide(instance, { id, epoch: this.#book.epoch(id) });
    await this.#watchLater();
    return control;
  }

  #holds(id: string): boolean {
    return this.#book.holds(id);
  }

  // ---- what a run writes

  async stepBegins(run: Run, name: string): Promise<boolean> {
    return this.#written(run, () => {
      this.#book.stepBegins(run, name);
      if (this.#book.find(run.id)?.status === 'waiting') {
        this.#book.setStatus(run.id, 'running');
      }
    });
  }

  async stepEnds(run: Run, name: string, output: Json): Promise<boolean> {
    return this.#written(run, () => {
      this.#meter.stepEnded(name, this.#book.stepEnds(run, name, output));
      this.#pauseIfAsked(run);
    });
  }

  async stepFails(run: Run, name: string, error: Failure, again: boolean): Promise<boolean> {
    return this.#written(run, () => {
      this.#meter.stepEnded(name, this.#book.stepFails(run, name, error));
      if (again && this.#book.find(run.id)?.status === 'running') {
        this.#book.setStatus(run.id, 'waiting');
      }
      this.#pauseIfAsked(run);
    });
  }

  #pauseIfAsked(run: Run): void {
    if (this.#book.find(run.id)?.status === 'waitingForPause') {
      this.#book.setStatus(run.id, 'paused');
    }
  }

  async progress(run: Run, progress: Progress): Promise<boolean> {
    return this.#written(run, () => this.#book.setProgress(run.id, progress));
  }

  async ends(run: Run, status: Status, output: Json, error: Failure | null): Promise<boolean> {
    const mine = this.#written(run, () => this.#end(run.id, status, output, error));
    if (mine) {
      await this.#remains.abortUploads(run.id);
      await this.#beginReady();
    }
    return mine;
  }

  /** Ends an instance, counts what came of it, and tells those who want to know. */
  #end(id: string, status: Status, output: Json, error: Failure | null): void {
    this.#book.end(id, status, output, error);
    const instance = this.#book.full(id)!;
    const outputOf = (name: string) => instance.steps.find((step) => step.name === name)?.output ?? null;
    const report = outputOf('analyze-and-compact');
    // A table's new files are published by the container's commit.
    const published = at(outputOf('publish'), 'published') === true || at(at(report, 'output'), 'published') === true;
    this.#meter.instanceEnded(status, at(report, 'output') ?? report, published);
    this.#tell(instance, report);
  }

  /** Without waiting: what is not told, the feed takes for lost after an hour. */
  #tell(instance: Instance, report: Json): void {
    this.ctx.waitUntil(feedEnded(this.env, instance).catch(
      (failure: unknown) => console.warn(`the feed was not told of the end of ${instance.id}: ${failure}`)));
    this.env.ANALYTICS?.writeDataPoint(pointOf(instance, report));
  }

  async fails(run: Run, message: string): Promise<boolean> {
    const error = this.#book.lastError(run.id)
      ?? { name: 'WorkflowFailed', message, remedy: 'restart the instance' };
    return this.ends(run, 'errored', null, error);
  }

  async uploadBegins(run: Run, key: string, uploadId: string): Promise<boolean> {
    return this.#written(run, () => this.#book.addUpload(run, key, uploadId));
  }

  async abortUploads(run: Run): Promise<boolean> {
    const mine = this.#written(run, () => undefined);
    if (mine) {
      await this.#remains.abortUploads(run.id);
    }
    return mine;
  }

  async leave(run: Run, leftover: Leftover): Promise<boolean> {
    const mine = this.#written(run, () => this.#book.addLeftover(run.id, leftover));
    await this.#watchLater();
    return mine;
  }

  async keep(run: Run, key: string): Promise<boolean> {
    return this.#written(run, () => this.#book.removeLeftover(key));
  }

  #written(run: Run, change: () => void): boolean {
    if (this.#book.epoch(run.id) !== run.epoch) {
      return false;
    }
    change();
    return true;
  }

  // ---- who begins next, and what is looked after

  async #beginReady(): Promise<void> {
    const { concurrency } = settingsOf(this.env);
    for (const { id, key } of this.#book.ready(concurrency - this.#book.underWay().length)) {
      // Locally, to create a Workflow takes as long as it runs.
      this.ctx.waitUntil(this.#start(this.#book.begin(id, key)));
    }
    await this.#watchLater();
  }

  async #start(run: Run): Promise<void> {
    try {
      await this.env.COMPACTION.create({ id: await workflowId(run), params: run });
    } catch (failure) {
      console.warn(`the Workflow of ${run.id} does not begin: ${(failure as Error).message}`);
      if (this.#book.epoch(run.id) === run.epoch) {
        this.#beginAgain(run.id, this.#book.find(run.id)?.bucketKey ?? null);
      }
    }
  }

  /** Queues it, unless another one is queued for its object by now, which does its work. */
  #beginAgain(id: string, key: string | null): void {
    const other = this.#book.queuedFor(key);
    if (other === undefined) {
      this.#book.release(id);
      this.#book.setStatus(id, 'queued');
    } else {
      this.#end(id, 'errored', null, {
        name: 'WorkflowFailed',
        message: `its Workflow is gone; instance ${other} is queued for the same object`,
        remedy: null,
      });
    }
  }

  async #workflow(run: Run, action: (workflow: WorkflowInstance) => Promise<void>): Promise<void> {
    try {
      await action(await this.env.COMPACTION.get(await workflowId(run)));
    } catch (failure) {
      // It may have ended, or not begun; its epoch keeps it from writing.
      console.warn(`the Workflow of ${run.id}: ${(failure as Error).message}`);
    }
  }

  /** An alarm, unless nothing is there to be looked after. */
  async #watchLater(): Promise<void> {
    const counts = this.#book.counts();
    const busy = (counts.queued ?? 0) + this.#book.underWay().length > 0;
    const next = Math.min(
      busy ? Date.now() + WATCH : this.#book.nextDeletion() ?? Infinity, this.#callbacks.nextAttempt() ?? Infinity);
    const set = await this.ctx.storage.getAlarm();
    if (next < (set ?? Infinity)) {
      await this.ctx.storage.setAlarm(Math.max(Date.now(), next));
    }
  }

  override async alarm(): Promise<void> {
    await this.watch();
    const { callbacks, retention } = settingsOf(this.env);
    await deliver(this.#callbacks, (id) => this.#book.find(id), callbacks);
    this.#callbacks.purge(Date.now() - retention);
    this.#book.purge(Date.now() - retention);
    await this.#remains.deleteDue();
    await this.#watchLater();
  }

  async watch(): Promise<void> {
    const restarted = !revived;
    revived = true;
    for (const { run, status, updatedAt } of this.#book.underWay()) {
      if (restarted || Date.now() - updatedAt > SILENCE) {
        await this.#look(run, status, restarted);
      }
    }
    await this.#beginReady();
  }

  async #look(run: Run, status: Status, restarted: boolean): Promise<void> {
    let workflow: WorkflowInstance;
    let now: InstanceStatus;
    try {
      workflow = await this.env.COMPACTION.get(await workflowId(run));
      now = await workflow.status();
    } catch (failure) {
      console.warn(`the Workflow of ${run.id} is gone: ${(failure as Error).message}`);
      this.#written(run, () => this.#beginAgain(run.id, this.#book.find(run.id)?.bucketKey ?? null));
      return;
    }
    if (['errored', 'terminated', 'complete'].includes(now.status)) {
      const end = now.status === 'terminated' ? 'terminated' : 'errored';
      // It may have told while this waited for its status.
      const untold = this.#written(run, () => this.#end(run.id, end, null, {
        name: 'WorkflowFailed',
        message: now.error?.message ?? `the Workflow is ${now.status}, and did not tell`,
        remedy: 'restart the instance',
      }));
      if (untold) {
        await this.#remains.leaveTemporary(run);
      }
    } else if (restarted && status !== 'waitingForPause') {
      await this.#workflow(run, async (stuck) => {
        await stuck.pause();
        await stuck.resume();
      });
    }
  }
}

function ended(instance: Instance): Control {
  return { kind: 'refused', reason: `it is ${instance.status} already; restart it to run it again` };
}

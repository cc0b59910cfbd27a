import { temporaryPrefix, workflowId } from '../instance/ids.ts';
import type { Leftover, Run } from '../instance/types.ts';
import type { Book } from './book.ts';

/** How long after its end a run may still be writing temporary objects. */
const TEMPORARY = 3_600_000;
const DELETIONS = 100;

/** What instances have left in the bucket, by the ledger: uploads of attempts that died, and objects that are kept for a time. */
export class Remains {
  readonly #book: Book;
  readonly #bucket: R2Bucket;

  constructor(book: Book, bucket: R2Bucket) {
    this.#book = book;
    this.#bucket = bucket;
  }

  async abortUploads(id: string): Promise<void> {
    for (const { key, uploadId } of this.#book.uploadsOf(id)) {
      try {
        await this.#bucket.resumeMultipartUpload(key, uploadId).abort();
      } catch {
        // Completed or aborted already; R2 removes what is left after seven days.
      }
    }
    this.#book.removeUploads(id);
  }

  /** A run that was ended may still be writing: what it has left is removed later. */
  async leaveTemporary(run: Run): Promise<void> {
    const key = temporaryPrefix(await workflowId(run));
    this.#book.addLeftover(run.id, { key, etag: null, deleteAfter: Date.now() + TEMPORARY });
  }

  /** Deletes what is due, a hundred at most. */
  async deleteDue(): Promise<void> {
    for (const leftover of this.#book.dueLeftovers(DELETIONS)) {
      await this.#delete(leftover);
    }
  }

  async #delete({ key, etag }: Leftover): Promise<void> {
    if (key.endsWith('/')) {
      const { objects } = await this.#bucket.list({ prefix: key });
      await this.#bucket.delete(objects.map((object) => object.key));
      this.#book.removeLeftover(key);
      return;
    }
    const head = await this.#bucket.head(key);
    if (head !== null && (etag === null || head.etag === etag)) {
      await this.#bucket.delete(key);
    }
    this.#book.removeLeftover(key);
  }
}

import { temporaryPrefix } from '../instance/ids.ts';
import type { Context } from './context.ts';

/** Step 6: the temporary objects of all attempts. */
export async function cleanUp(context: Context): Promise<{ deleted: number }> {
  const { objects } = await context.env.BUCKET.list({ prefix: temporaryPrefix(context.workflow) });
  if (objects.length > 0) {
    await context.env.BUCKET.delete(objects.map((object) => object.key));
  }
  return { deleted: objects.length };
}

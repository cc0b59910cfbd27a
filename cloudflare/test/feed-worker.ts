// The Worker under test, with doors for a test: into the queue and into the bucket.
import worker from '../src/worker.ts';
import type { Env } from '../src/env.ts';

export * from '../src/worker.ts';

interface TestEnv extends Env {
  FEED_QUEUE: Queue;
}

export default {
  ...worker,
  async fetch(request: Request, env: TestEnv, context: ExecutionContext): Promise<Response> {
    const url = new URL(request.url);
    const key = url.searchParams.get('key') ?? '';
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /test/notifications': {
        const bodies: unknown[] = await request.json();
        for (let at = 0; at < bodies.length; at += 100) {
          await env.FEED_QUEUE.sendBatch(bodies.slice(at, at + 100).map((body) => ({ body })));
        }
        return Response.json({ sent: bodies.length });
      }
      case 'PUT /test/object': {
        const object = await env.BUCKET.put(key, await request.arrayBuffer());
        return Response.json({ etag: object.etag });
      }
      case 'GET /test/object': {
        const object = await env.BUCKET.head(key);
        return Response.json({ etag: object?.etag ?? null, metadata: object?.customMetadata ?? null });
      }
      default:
        return worker.fetch(request, env, context);
    }
  },
};

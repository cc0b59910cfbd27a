import type { Env } from '../env.ts';
import { isKey } from '../request/keys.ts';
import { readNotification } from './notification.ts';
import { keeperOf } from './objects.ts';
import { feedSettings } from './settings.ts';

/** Takes a batch of R2's notifications: tells each key to its keeper once, and drops the other messages. */
export async function consume(batch: MessageBatch, env: Env): Promise<void> {
  const settings = feedSettings(env);
  const byKey = new Map<string, Message[]>();
  for (const message of batch.messages) {
    const noticed = settings.isOn
      ? readNotification(message.body, settings.scope, isKey)
      : { dropped: 'the feed is off' };
    if ('dropped' in noticed) {
      message.ack();
    } else {
      byKey.set(noticed.key, [...(byKey.get(noticed.key) ?? []), message]);
    }
  }
  await Promise.all(
    [...byKey].map(async ([key, messages]) => {
      try {
        await keeperOf(env, key).noticed(key);
        messages.forEach((message) => message.ack());
      } catch {
        // After the queue's max_retries it lands in the dead-letter queue.
        messages.forEach((message) => message.retry());
      }
    }),
  );
}

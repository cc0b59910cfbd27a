/** The longest that an attempt takes, in milliseconds. */
export const PATIENCE = 10_000;

/**
 * Makes one attempt, signed, and returns the answer's status. Redirects are not followed: they could lead to hosts that must
 * not be told.
 *
 * @throws Error if no answer came
 */
export async function send(url: URL, body: string, secret: string, now: number): Promise<number> {
  const timestamp = Math.floor(now / 1000);
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'glulam',
      'Glulam-Timestamp': String(timestamp),
      'Glulam-Signature': `v1=${await signature(secret, `${timestamp}.${body}`)}`,
    },
    body,
  });
  await response.body?.cancel();
  return response.status;
}

/** HMAC-SHA256 in hexadecimal digits. */
async function signature(secret: string, text: string): Promise<string> {
  const bytes = (plain: string) => new TextEncoder().encode(plain);
  const key = await crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signed = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(text)));
  return [...signed].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

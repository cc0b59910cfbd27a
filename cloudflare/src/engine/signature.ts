import type { S3Settings } from '../settings.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** R2 has one region. */
const REGION = 'auto';
/** Of no bytes: a copy has no body. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Returns a request without a body, signed as S3 wants it (AWS Signature Version 4). The path and the query must be
 * percent-encoded already.
 */
export async function signed(
  { accessKeyId, secretAccessKey }: S3Settings, method: string, url: URL, more: Readonly<Record<string, string>>, now: Date,
): Promise<Request> {
  const time = now.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const sent: Record<string, string> = { ...more, 'x-amz-content-sha256': EMPTY, 'x-amz-date': time };
  const headers = Object.entries({ ...sent, host: url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = headers.map(([name]) => name).join(';');
  const canonical = [
    method, url.pathname, queryOf(url), ...headers.map(([name, value]) => `${name}:${value}`), '', names, EMPTY,
  ].join('\n');
  const text = [ALGORITHM, time, scope, hex(await digest(canonical))].join('\n');
  let key: BufferSource = bytes(`AWS4${secretAccessKey}`);
  for (const part of scope.split('/')) {
    key = await hmac(key, part);
  }
  const signature = hex(await hmac(key, text));
  return new Request(url, {
    method,
    headers: { ...sent, Authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}` },
  });
}

function queryOf(url: URL): string {
  return [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort().join('&');
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', bytes(text));
}

async function hmac(key: BufferSource, text: string): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, bytes(text));
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

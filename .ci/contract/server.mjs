// How the parts of the contract ask the server, and how they tell what holds.
import assert from 'node:assert/strict';
import http from 'node:http';

export const [url, key] = process.argv.slice(2);
export const token = process.env.CONTRACT_TOKEN;
export const mark = `contract-${process.pid}-${Date.now()}`;
export const JSON_TYPE = 'application/json';
const ENDED = ['complete', 'errored', 'terminated'];
export const STEPS = ['validate-dataset', 'get-file-metadata', 'analyze-and-compact', 'update-metadata'];
export const INSTANCE = ['id', 'datasetId', 'bucketKey', 'status', 'error', 'output', 'progress', 'steps', 'request', 'callbacks',
  'createdAt', 'updatedAt', 'endedAt'];

let failed = 0;

/** Tells how many sentences do not hold. */
export const failures = () => failed;

export async function check(sentence, work) {
  try {
    await work();
    console.log(`ok ${sentence}`);
  } catch (failure) {
    failed++;
    console.log(`not ok ${sentence}\n  ${String(failure.message).replaceAll('\n', '\n  ')}`);
  }
}

/** An answer with its body, as JSON where it is. */
export async function ask(method, path, { body, headers = {}, type = JSON_TYPE } = {}) {
  const response = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(method === 'POST' && type !== null ? { 'Content-Type': type } : {}),
      ...headers,
    },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) } : {}),
  });
  const text = await response.text();
  const isJson = (response.headers.get('Content-Type') ?? '').startsWith(JSON_TYPE);
  return { status: response.status, headers: response.headers, text, json: isJson && text !== '' ? JSON.parse(text) : null };
}

export const get = (path, options) => ask('GET', path, options);
export const post = (path, body, options) => ask('POST', path, { body, ...options });

export function refused(answer, status, name, field, message) {
  assert.equal(answer.status, status, answer.text);
  const { error } = answer.json;
  assert.equal(error.name, name, answer.text);
  if (field !== undefined) {
    assert.equal(error.field, field, answer.text);
  }
  if (message !== undefined) {
    assert.equal(error.message, message);
  }
}

export async function ended(id) {
  for (let tries = 0; tries < 1200; tries++) {
    const { status, json, text } = await get(`/status/${id}`);
    assert.equal(status, 200, text);
    if (ENDED.includes(json.status)) {
      return json;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`instance ${id} does not end`);
}

export async function compacted(body) {
  const answer = await post('/compact', body);
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.json.status, 'queued');
  assert.equal(answer.headers.get('Location'), `/status/${answer.json.id}`);
  return ended(answer.json.id);
}

/** By a bare request: fetch does not send another Host. */
export function statusUnderHost(host) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/healthz`, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
    request.end();
  });
}

export const { json: capabilities } = await get('/capabilities');

// Callbacks.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { capabilities, check, compacted, get, JSON_TYPE, key, mark, post, refused } from './server.mjs';

const receiver = process.env.CONTRACT_RECEIVER;
if (receiver !== undefined) {
  await check('an end is told, signed, again if it was not taken', async () => {
    assert.equal(capabilities.callbacks, true);
    const told = [];
    const listener = http.createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) {
        parts.push(part);
      }
      told.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(told.length === 1 ? 503 : 200).end();
    });
    const [host, port] = receiver.split(':');
    await new Promise((resolve) => listener.listen(Number(port), host, resolve));
    try {
      const callbackUrl = `http://${receiver}/ended?secret=1`;
      const { id: named } = await compacted({ datasetId: mark, callbackUrl });
      let json;
      for (let tries = 0; tries < 720 && json?.callbacks[0].state !== 'delivered'; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        ({ json } = await get(`/status/${named}`));
      }
      assert.deepEqual(json.callbacks, [{ url: `http://${receiver}/ended?…`, state: 'delivered', attempts: 2, httpStatus: 200,
        problem: null, endedAt: json.callbacks[0].endedAt }]);
      for (const { headers, body } of told) {
        const mac = createHmac('sha256', process.env.CONTRACT_SECRET).update(`${headers['glulam-timestamp']}.${body}`);
        assert.equal(headers['glulam-signature'], `v1=${mac.digest('hex')}`);
        assert.equal(headers['content-type'], JSON_TYPE);
        assert.equal(headers['user-agent'], 'glulam');
        assert.deepEqual(JSON.parse(body), { id: named, datasetId: mark, bucketKey: key, status: 'complete', output: json.output,
          error: null, endedAt: json.endedAt });
      }
    } finally {
      listener.close();
      listener.closeAllConnections();
    }
  });
  for (const bad of ['http://example.com/', `https://user@${receiver}/`, `https://${receiver}/#x`, 'no address', '//example.com/']) {
    await check(`nobody is told at ${bad}`, async () =>
      refused(await post('/compact', { datasetId: mark, callbackUrl: bad }), 400, 'InvalidField', 'callbackUrl', {
        'http://example.com/': 'names a host that is not allowed', 'no address': 'is no URL',
        '//example.com/': 'must be a URL like https://host/path of at most 2000 characters',
      }[bad] ?? 'holds no user and no fragment'));
  }
}

// Tables.
import { capabilities, check, mark, post, refused } from './server.mjs';

await check('tables are named by the configuration, or not at all', async () => {
  const table = 'iceberg:nowhere.db.events';
  const asked = [['/compact', { table }], ['/plan', { table }], ['/datasets', { id: `${mark}-table`, table }]];
  for (const [path, body] of asked) {
    const answer = await post(path, body);
    if (capabilities.tables) {
      refused(answer, 400, 'InvalidField', 'table');
    } else {
      refused(answer, 501, 'NotSupported', undefined, 'this server lacks tables');
    }
  }
  refused(await post('/compact', { datasetId: mark, bucketKey: table }), 400, 'InvalidField', 'bucketKey',
    'a key must not begin like the name of a table');
});

import { allowanceOf } from '../feed/objects.ts';
import { feedSettings } from '../feed/settings.ts';
import { ApiError, InvalidField } from '../request/errors.ts';
import { Fields } from '../request/fields.ts';
import type { Call } from './call.ts';

/** GET /feed: what the feed of notifications may do, and has done this month. */
export async function show(call: Call): Promise<Response> {
  requireAll(call);
  const settings = feedSettings(call.env);
  const { isOn, running, month, requests, starts } = await allowanceOf(call.env).state();
  return Response.json({
    enabled: isOn && settings.isOn,
    underWay: Object.keys(running).length,
    month: month === '' ? null : month,
    requests,
    starts,
    limits: { atOnce: settings.atOnce, perHour: settings.perHour, monthlyRequests: settings.monthlyRequests },
  });
}

/** POST /feed: switches it on or off at once. */
export async function change(call: Call): Promise<Response> {
  requireAll(call);
  const fields = Fields.of(await call.body(), ['enabled']);
  if (typeof fields.body.enabled !== 'boolean') {
    throw new InvalidField('enabled', 'must be true or false');
  }
  await allowanceOf(call.env).turnOn(fields.body.enabled);
  return show(call);
}

/** The feed is the whole bucket's. */
function requireAll(call: Call): void {
  if (call.access.isLimited) {
    throw new ApiError(403, 'Forbidden', 'this token is for some keys only');
  }
}

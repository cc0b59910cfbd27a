/** What of the API this side has; routes of what it lacks answer 501. */
export const CAPABILITIES = {
  engines: ['wasm'],
  publish: ['in-place', 'new-key'],
  callbacks: false,
  compactions: false,
  feed: true,
  metrics: false,
  scan: true,
  webhooks: true,
} as const;

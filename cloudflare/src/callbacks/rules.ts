/** The longest URL, in characters. */
export const MOST_URL_CHARACTERS = 2000;

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const URI = /^[!#-;=?-[\]_a-z~]*$/;
const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)[^#]*(#.*)?$/i;
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d*))?$/i;

/**
 * Returns the address that a text names: CallbackRules.java has the same rules.
 *
 * @param hosts that may be named, each followed by a colon and a port if the port is not the scheme's; none for no callbacks
 * @throws Error with a sentence for people, if it is no address, or must not be told
 */
export function requireCallback(text: string, hosts: ReadonlySet<string>): URL {
  if (hosts.size === 0) {
    throw new Error('is not taken here: GLULAM_CALLBACK_HOSTS names no host');
  }
  if (!URI.test(text)) {
    throw new Error('is no URL');
  }
  const [, scheme = '', authority = '', fragment] = PARTS.exec(text) ?? [];
  const [, name = '', port = ''] = HOST.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
  if (name === '' || !URL.canParse(text) || text.length > MOST_URL_CHARACTERS) {
    throw new Error(`must be a URL like https://host/path of at most ${MOST_URL_CHARACTERS} characters`);
  }
  if (authority.includes('@') || fragment !== undefined) {
    throw new Error('holds no user and no fragment');
  }
  const url = new URL(text);
  const host = name.toLowerCase();
  // A host that is written in another form than the one that is asked is not taken either.
  if (!hosts.has(port === '' ? host : `${host}:${port}`) || url.hostname !== host) {
    throw new Error('names a host that is not allowed');
  }
  if (scheme.toLowerCase() !== 'https' && !(scheme.toLowerCase() === 'http' && LOCAL.has(host))) {
    throw new Error('must be https');
  }
  return url;
}

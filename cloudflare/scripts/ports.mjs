// Ports for servers that are started with a number.
import net from 'node:net';

// Below what Linux (32768), macOS and Windows (49152) hand out to a process that asks for any port: of those, any may be taken
// between this question and the server's start.
const FIRST = 10_000;
const COUNT = 6_000;

/** A port of 127.0.0.1 on which nothing listens. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) {
      return port;
    }
  }
}

function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (failure) => (failure.code === 'EADDRINUSE' ? resolve(false) : reject(failure)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

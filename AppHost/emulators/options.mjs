import { parseArgs } from 'node:util';

/** The command line both emulators share. The port may also come as PORT; 0 takes a free one. */
export function options() {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: process.env.PORT ?? '0' }, 'exit-with-stdin': { type: 'boolean', default: false } },
  });

  if (values['exit-with-stdin']) {
    // Whoever started us holds the other end: when it dies, however it dies, so do we.
    process.stdin.resume();
    process.stdin.on('end', () => process.exit(0));
    process.stdin.on('error', () => process.exit(0));
  }

  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => process.exit(0));
  }

  return { port: Number(values.port) };
}

/** One line that a starter can wait for. */
export function announce(service, port) {
  console.log(`${service} listens on http://127.0.0.1:${port}`);
}

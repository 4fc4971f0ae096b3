// SQS on the loopback interface only; the emulator's own command line would listen on every interface.
// usage: node sqs.mjs --port PORT [--exit-with-stdin]
import { buildApp } from 'fauxqs';
import { announce, options } from './options.mjs';

const { port } = options();
const app = buildApp({ logger: false });

await app.listen({ port, host: '127.0.0.1' });
announce('SQS', app.server.address().port);

// SQS on the loopback interface only; the emulator's own command line would listen on every interface.
// usage: node sqs.mjs --port PORT [--exit-with-stdin]
import { buildApp } from 'fauxqs';
import { INVALID_MESSAGE_BODY_CHAR } from './node_modules/fauxqs/dist/sqs/sqsTypes.js';
import { announce, options } from './options.mjs';

// SQS takes #x10000 to #x10FFFF too; the emulator looks at UTF-16 units and would refuse every emoji.
const invalid = /[^\x09\x0A\x0D\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
INVALID_MESSAGE_BODY_CHAR.test = (text) => invalid.test(text);

const { port } = options();
const app = buildApp({ logger: false });

await app.listen({ port, host: '127.0.0.1' });
announce('SQS', app.server.address().port);

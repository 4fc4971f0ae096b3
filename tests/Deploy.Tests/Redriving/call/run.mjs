// Calls the function of operations-call.js once for each line: {"task": ..., "answers": [{"status": 200, "body": ...}, {"throws": "Name"}]}.
// Writes what came of it and what was sent. The secret is another one each time it is read.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const source = readFileSync(process.argv[2], 'utf8');

const run = async ({ task, answers }) => {
  const sent = [];
  let tokens = 0;
  const sdk = {
    SecretsManagerClient: class {
      send = async () => ({ SecretString: `token-${++tokens}` });
    },
    GetSecretValueCommand: class {},
  };
  globalThis.fetch = async (url, { method, headers, body }) => {
    sent.push({ method, url, token: headers.authorization, body: body && JSON.parse(body) });
    const answer = answers.shift();
    if (answer.throws) {
      throw Object.assign(new Error(), { name: answer.throws });
    }
    return { status: answer.status, ok: answer.status < 400, json: async () => answer.body };
  };
  process.env.OPERATIONS_URL = 'http://operations';

  const exports = {};
  new Function('require', 'exports', source)(() => sdk, exports);
  try {
    return { result: await exports.handler(task), sent };
  } catch (error) {
    return { error: error.name, sent };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await run(JSON.parse(line))));
}

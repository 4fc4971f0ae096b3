'use strict';
// Carries a task of redrive.asl.json to Operations' HTTP API. The names of the errors are what the state machine's retries go by.
const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');

const secrets = new SecretsManagerClient();
let token; // Kept between calls; asked for again when it is refused.

const requests = {
  describe: () => ['GET', '/api/dead-letters/groups'],
  redrive: ({ operation, ...order }) => ['POST', '/api/redrives', order],
  check: ({ redrive }) => ['GET', `/api/redrives/${encodeURIComponent(redrive)}`],
  cancel: ({ redrive }) => ['POST', `/api/redrives/${encodeURIComponent(redrive)}/cancel`],
};

exports.handler = async (task) => {
  const [method, path, body] = requests[task.operation](task);
  let response = await send(method, path, body);
  if (response.status === 401) {
    token = undefined;
    response = await send(method, path, body);
  }
  if (response.status === 429 || response.status >= 500) {
    throw named('OperationsBusy', `${method} ${path}: ${response.status}`);
  }
  if (!response.ok) {
    throw named('OperationsRefused', `${method} ${path}: ${response.status}`);
  }
  return response.status === 204 ? {} : response.json();
};

async function send(method, path, body) {
  token ??= await readToken();
  try {
    return await fetch(process.env.OPERATIONS_URL + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
  } catch (error) {
    throw named('OperationsBusy', `${method} ${path}: ${error.name}`);
  }
}

async function readToken() {
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: process.env.OPERATIONS_TOKEN }));
  return secret.SecretString;
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

// Stands between the services and an emulator of each service, and counts what AWS would bill: requests by operation and queue or table,
// and DynamoDB's units. GET /counts gives the sums. docs/deploy.md (Costs) says how it was used.
// usage: node counting-proxy.mjs PORT SQS_URL DYNAMODB_URL
import http from 'node:http';

const [port, sqs, dynamoDb] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: 512 });
const counts = {};
const count = (what, number = 1) => (counts[what] = (counts[what] ?? 0) + number);

const read = (stream) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });

const parse = (bytes) => {
  try {
    return JSON.parse(bytes);
  } catch {
    return {};
  }
};

const forward = (request, to, body) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(to);
    const headers = { ...request.headers, 'content-length': body.length };
    delete headers['transfer-encoding'];
    delete headers['accept-encoding'];
    const options = { hostname, port, method: request.method, path: request.url, headers, agent };
    http.request(options, resolve).on('error', reject).end(body);
  });

const countSqs = (operation, asked, answer) => {
  const queue = (asked.QueueUrl ?? '').split('/').pop();
  const empty = operation === 'ReceiveMessage' && !answer.Messages?.length;
  count(`${operation} ${queue}${empty ? ' (nothing there)' : ''}`);
  count(`messages received ${queue}`, answer.Messages?.length ?? 0);
  count(`messages sent ${queue}`, operation === 'SendMessageBatch' ? asked.Entries.length : 0);
};

const countDynamoDb = (operation, asked, answer) => {
  const table = asked.TableName ?? Object.keys(asked.RequestItems ?? {})[0];
  count(`${operation} ${table}`);
  for (const { CapacityUnits } of [answer.ConsumedCapacity ?? []].flat()) {
    count(`${/Get|Query|Scan/.test(operation) ? 'read' : 'write'} units ${table}`, CapacityUnits);
  }
};

http
  .createServer(async (request, response) => {
    if (request.url === '/counts') {
      response.end(JSON.stringify(counts, null, 2));
      return;
    }
    const body = await read(request);
    const [service = '', operation = ''] = (request.headers['x-amz-target'] ?? '').split('.');
    const isDynamoDb = service.startsWith('DynamoDB');
    const asked = parse(body);
    if (isDynamoDb && /Item|Query|Scan/.test(operation)) {
      asked.ReturnConsumedCapacity = 'TOTAL';
    }

    const answered = await forward(request, isDynamoDb ? dynamoDb : sqs, isDynamoDb ? Buffer.from(JSON.stringify(asked)) : body);
    const answer = await read(answered);
    (isDynamoDb ? countDynamoDb : countSqs)(operation, asked, parse(answer));

    const headers = { ...answered.headers, 'content-length': answer.length };
    delete headers['transfer-encoding'];
    delete headers['x-amz-crc32']; // Of the answer without its units.
    response.writeHead(answered.statusCode, headers).end(answer);
  })
  .listen(Number(port), '127.0.0.1', () => console.log(`counting at http://127.0.0.1:${port}`));

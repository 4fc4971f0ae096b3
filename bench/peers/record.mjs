// The work all candidates do with a message, in the idiom of Lambda Powertools: an idempotency record in progress, the event, the record completed.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const RETENTION_SECONDS = 90 * 24 * 3600;
const { EVENTS_TABLE, CLAIMS_TABLE, DEAD_LETTER_QUEUE_URL } = process.env;

export const LOOPS = 8;

// The URL of a queue is its name here, not where to ask: requests go through the counter.
// Eight loops of ten ask for eighty connections at once; the default of fifty would make some wait.
const requestHandler = { httpAgent: { maxSockets: 100 }, httpsAgent: { maxSockets: 100 } };
// Digests of bodies are not checked: the Processor does not check them either.
export const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, md5: false, requestHandler });
const dynamoDb = new DynamoDBClient({ requestHandler });

// What a Lambda function is given; idempotency takes the end of the invocation from it.
export const context = {
  functionName: 'record',
  awsRequestId: 'bench',
  getRemainingTimeInMillis: () => 60_000,
};

const config = new IdempotencyConfig({ eventKeyJmesPath: 'id', useLocalCache: true, maxLocalCacheSize: 10_000 });
config.registerLambdaContext(context);

const record = makeIdempotent(
  async (envelope) => {
    const { eventBody, timestamp } = envelope.detail;
    const now = Date.now();
    await dynamoDb.send(
      new PutItemCommand({
        TableName: EVENTS_TABLE,
        Item: {
          subject: { S: `conversation:${eventBody.conversationId}` },
          event: { S: `${String(eventBody.eventTime).padStart(14, '0')}#${envelope.id}` },
          kind: { S: envelope['detail-type'] },
          envelopeId: { S: envelope.id },
          published: { N: String(Date.parse(timestamp)) },
          received: { N: String(now) },
          recorded: { N: String(now) },
          expires: { N: String(Math.floor(now / 1000) + RETENTION_SECONDS) },
          body: { S: JSON.stringify(eventBody) },
        },
      }),
    );
  },
  { persistenceStore: new DynamoDBPersistenceLayer({ tableName: CLAIMS_TABLE, clientConfig: { requestHandler } }), config },
);

/** Records the event of one message; what is none goes to the dead letters and counts as done. */
export async function handle(body) {
  const envelope = JSON.parse(body);
  if (envelope.detail?.eventBody === undefined) {
    await sqs.send(new SendMessageCommand({ QueueUrl: DEAD_LETTER_QUEUE_URL, MessageBody: body }));
    return;
  }

  await record(envelope);
}

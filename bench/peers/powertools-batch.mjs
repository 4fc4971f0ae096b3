// The batch processor of Lambda Powertools. Eight loops stand for Lambda's event source mapping: it receives ten, invokes, and deletes what did not fail.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { context, handle, LOOPS, sqs } from './record.mjs';

const QueueUrl = process.env.EVENTS_QUEUE_URL;

const handler = (event) =>
  processPartialResponse(event, (message) => handle(message.body), new BatchProcessor(EventType.SQS), { context });

async function poll() {
  for (;;) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20, VisibilityTimeout: 60 }),
    );
    const done = messages.length > 0 ? await invoke(messages) : [];
    if (done.length > 0) {
      const Entries = done.map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }
}

/** An invocation as Lambda makes it. Returns the messages that did not fail. */
async function invoke(messages) {
  try {
    const { batchItemFailures } = await handler({
      Records: messages.map((message) => ({
        messageId: message.MessageId,
        receiptHandle: message.ReceiptHandle,
        body: message.Body,
        attributes: {},
        messageAttributes: {},
        eventSource: 'aws:sqs',
      })),
    });
    const failed = new Set(batchItemFailures.map((failure) => failure.itemIdentifier));
    return messages.filter((message) => !failed.has(message.MessageId));
  } catch (error) {
    // All failed: the batch processor throws, and Lambda deletes none.
    console.error(error);
    return [];
  }
}

process.on('SIGTERM', () => process.exit(0));
console.log(`Receiving with ${LOOPS} loops.`);
await Promise.all(Array.from({ length: LOOPS }, poll));

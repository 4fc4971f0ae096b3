// sqs-consumer: eight consumers in one process, each a batch of ten at a time whose messages are handled at once and deleted in one request.
import { Consumer } from 'sqs-consumer';
import { handle, LOOPS, sqs } from './record.mjs';

const consumers = Array.from({ length: LOOPS }, () =>
  Consumer.create({
    sqs,
    queueUrl: process.env.EVENTS_QUEUE_URL,
    batchSize: 10,
    waitTimeSeconds: 20,
    visibilityTimeout: 60,
    handleMessageBatch: async (messages) => {
      const results = await Promise.allSettled(messages.map((message) => handle(message.Body)));
      return messages.filter((_, index) => results[index].status === 'fulfilled');
    },
  }),
);

for (const consumer of consumers) {
  for (const fault of ['error', 'processing_error', 'timeout_error']) {
    consumer.on(fault, (error) => console.error(error));
  }

  consumer.start();
}

process.on('SIGTERM', () => process.exit(0));
console.log(`Receiving with ${LOOPS} consumers.`);

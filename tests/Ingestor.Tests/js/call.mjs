// usage: node call.mjs ENDPOINT OPERATION REQUEST-AS-JSON
// Prints the answer as JSON, or {"error": "the code of the error"}.
import { EventBridgeClient, PutEventsCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';

const [endpoint, operation, request] = process.argv.slice(2);
const client = new EventBridgeClient({ endpoint, region: 'us-east-1' });
const parsed = JSON.parse(request);
for (const entry of parsed.Entries ?? []) {
  if (entry.Time) {
    entry.Time = new Date(entry.Time * 1000);
  }
}

const command = operation === 'PutEvents' ? new PutEventsCommand(parsed) : new TestEventPatternCommand(parsed);
try {
  const { $metadata, ...answer } = await client.send(command);
  console.log(JSON.stringify(answer));
} catch (error) {
  console.log(JSON.stringify({ error: error.name }));
}

// Uses the mock by the platform's official SDK and says, as one line of JSON, what the SDK made of it.
//   node sdk.mjs <api port> <login port> <conversation id> <participant id>
import { createRequire } from 'node:module';

const platformClient = createRequire(import.meta.url)('purecloud-platform-client-v2');
const [apiPort, loginPort, conversationId, participantId] = process.argv.slice(2);

const client = platformClient.ApiClient.instance;
const host = (port) => ({ host: '127.0.0.1', protocol: 'http', port: Number(port) });

// A gateway is how the SDK is told of hosts that are not the platform's: first the login's, then the API's.
client.setGateway(host(loginPort));
const login = await client.loginClientCredentialsGrant('client', 'secret');
const refusedLogin = await client.loginClientCredentialsGrant('client', 'guess').then(() => null, (error) => error);
client.setAccessToken(login.accessToken);
client.setGateway(host(apiPort));

const conversations = new platformClient.ConversationsApi();
const analytics = new platformClient.AnalyticsApi();
const unknown = '00000000-0000-4000-8000-000000000000';

const patched = await conversations.patchConversationParticipantAttributes(conversationId, participantId, {
  attributes: { crmCaseId: '500' },
});
const conversation = await conversations.getConversation(conversationId);
const details = await analytics.getAnalyticsConversationDetails(conversationId);
const many = await analytics.getAnalyticsConversationsDetails({ id: [conversationId, unknown] });
const notFound = await conversations.getConversation(unknown).then(() => null, (error) => error);
const users = await new platformClient.UsersApi().getUsers({ pageSize: 2 });

// With extended responses a refusal has its headers, which is where the SDK's users look for the time to wait.
client.setReturnExtendedResponses(true);
let refused = null;
for (let calls = 0; calls < 50 && !refused; calls++) {
  refused = await new platformClient.TokensApi().getTokensMe().then(() => null, (error) => error);
}

console.log(JSON.stringify({
  tokenExpiresIn: Math.round((login.tokenExpiryTime - Date.now()) / 1000),
  refusedLogin: refusedLogin?.response?.data?.error ?? refusedLogin?.error ?? null,
  patched: patched.attributes,
  conversation: { id: conversation.id, attributes: conversation.participants[0].attributes },
  details: { id: details.conversationId, purposes: details.participants.map((one) => one.purpose) },
  many: many.conversations.map((one) => one.conversationId),
  notFound: notFound?.code ?? null,
  users: users.entities.length,
  refused: {
    status: refused?.status,
    retryAfter: refused?.headers?.['retry-after'],
    allowed: refused?.headers?.['inin-ratelimit-allowed'],
    code: refused?.body?.code,
    limit: refused?.body?.limit?.key,
  },
}));

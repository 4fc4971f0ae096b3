// A certified OpenID provider on the loopback interface. Its login page takes any name and any password; whose name begins with
// "operator" has that role.
// usage: node provider.mjs --exit-with-stdin
import http from 'node:http';
import Provider from 'oidc-provider';

if (process.argv.includes('--exit-with-stdin')) {
  // Whoever started us holds the other end: when it dies, however it dies, so do we.
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}

// What it would say about settings that are for development only.
console.info = console.warn = () => {};

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'operations',
        client_secret: 'a-client-secret-of-a-test',
        token_endpoint_auth_method: 'client_secret_post',
        // A program on this machine, whose port is whatever was free.
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/login/openid/callback'],
      },
    ],
    claims: { openid: ['sub'], email: ['email'], profile: ['name'], roles: ['roles'] },
    scopes: ['openid', 'profile', 'email', 'roles'],
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, name: id, roles: id.startsWith('operator') ? ['operator'] : ['agent'] }),
    }),
    cookies: { keys: ['a-key-of-a-test'] },
  });
  server.on('request', provider.callback());
  console.log(`OpenID provider listens on ${issuer}`);
});

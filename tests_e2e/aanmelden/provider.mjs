// A real provider of sign-in (npm oidc-provider) on this machine. Anybody may come in with any password: the name
// that is given is the subject. A fresh key each time; nothing is kept.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import Provider from "oidc-provider";

const { PORT, BASE, SECRET, AUDIENCE, ROLLEN } = process.env;
const groepen = JSON.parse(ROLLEN);
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

const provider = new Provider(`http://localhost:${PORT}`, {
  jwks: { keys: [{ ...key, kid: "proef", use: "sig", alg: "RS256" }] },
  cookies: { keys: [randomBytes(24).toString("hex")] },
  clients: [
    {
      client_id: "pleegzicht-web",
      client_secret: SECRET,
      redirect_uris: [`${BASE}/aanmelden/terug`],
      post_logout_redirect_uris: [`${BASE}/`],
    },
    { client_id: "publiek", token_endpoint_auth_method: "none", redirect_uris: [`${BASE}/aanmelden/terug`] },
  ],
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, groepen: groepen[id] ?? [] }) }),
  claims: { openid: ["sub", "groepen"] },
  conformIdTokenClaims: false,
  extraTokenClaims: (_ctx, token) => ({ groepen: groepen[token.accountId] ?? [] }),
  pkce: { required: () => true },
  ttl: { AccessToken: 600, IdToken: 600, Interaction: 600, Grant: 600, Session: 600 },
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({ scope: "api", audience: AUDIENCE, accessTokenFormat: "jwt" }),
      useGrantedResource: () => true,
    },
  },
});

provider.listen(Number(PORT), "127.0.0.1", () => console.log("klaar"));

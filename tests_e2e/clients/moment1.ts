// Moment 1, as somebody writes it on types that openapi-typescript made: a visit, and by when the next talk is due.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const [adres, token, vandaag] = process.argv.slice(2);
if (!adres || !token || !vandaag) throw new Error("adres, token, vandaag");
const client = createClient<paths>({ baseUrl: `${adres}/v1`, headers: { Authorization: `Bearer ${token}` } });

function given<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const kinderen = given(await client.GET("/pleegkinderen", { params: { query: { metZorg: true, limit: 200 } } }));
const kind = kinderen.resultaten.find((one) => one.zorg?.plaatsingId);
if (!kind?.zorg?.plaatsingId) throw new Error("geen geplaatst kind");
const bezoek = given(
  await client.POST("/pleegkinderen/{id}/bezoeken", {
    params: { path: { id: kind.id }, header: { "Idempotency-Key": crypto.randomUUID() } },
    body: {
      plaatsingId: kind.zorg.plaatsingId,
      datum: vandaag,
      opvolgstappen: [],
      kindgesprek: {
        vorm: "fysiek",
        alleen: true,
        doorgegaan: true,
        veiligheidBesproken: true,
        veiligInGezin: "ja",
        themas: [],
      },
    },
  }),
);
const termijnen = given(await client.GET("/pleegkinderen/{id}/termijnen", { params: { path: { id: kind.id } } }));
const norm = bezoek.gevolgen.flatMap((one) => one.normen).find((one) => one.telt);
const termijn = termijnen.resultaten.find((one) => one.norm === norm?.norm);
console.log(JSON.stringify({ kind: kind.id, norm: norm?.norm, uiterlijk: norm?.uiterlijk, termijn: termijn?.uiterlijk }));

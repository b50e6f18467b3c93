// Wie een tijd niets doet, wordt afgemeld. Eerst een regel die dat zegt en wacht; wat getypt is blijft staan.
const VOORAF = 5 * 60 * 1000, KIJK = 10 * 1000;
const regel = document.querySelector(".sessie-let");
const zin = regel.querySelector("p"), knop = regel.querySelector("button"), aan = regel.querySelector("a");
const zender = "BroadcastChannel" in globalThis ? new BroadcastChannel("pleegzicht") : null;
const einde = Date.now() + regel.dataset.nog * 1000;
let tot = 0;
const klok = (ms) => new Date(ms).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
const zeg = (woorden) => { if (zin.textContent !== woorden) zin.textContent = woorden; };
const kijk = () => {
  const nog = tot - Date.now();
  regel.hidden = nog > VOORAF;
  if (regel.hidden) return;
  knop.hidden = nog <= 0 || tot === einde;
  aan.hidden = nog > 0;
  if (nog <= 0) zeg("U bent afgemeld. Wat u in een formulier typte, is er nog als u zich weer aanmeldt.");
  else if (tot === einde) zeg(`U wordt om ${klok(tot)} afgemeld: u bent dan twaalf uur aangemeld. Wat u typte blijft bewaard.`);
  else zeg(`U wordt om ${klok(tot)} afgemeld, omdat u even niets deed. Wat u typte blijft bewaard.`);
};
const actief = () => { tot = Math.min(Date.now() + regel.dataset.stil * 1000, einde); kijk(); };
knop.addEventListener("click", async () => {
  try {
    const antwoord = await fetch("/ik", { headers: { Accept: "text/html" } });
    if (antwoord.ok) { actief(); zender?.postMessage("actief"); } else if (antwoord.status === 401) { tot = 0; kijk(); }
  } catch { zeg("Er is geen verbinding. Probeer het straks opnieuw."); }
});
zender?.addEventListener("message", actief);
document.addEventListener("visibilitychange", kijk);
setInterval(kijk, KIJK);
actief();
zender?.postMessage("actief");

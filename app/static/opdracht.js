// Wat groot is, wordt naast de bladzijde gemaakt; die kijkt elke vijf seconden hoe ver het is. Een kwartier lang: wie is
// weggelopen, wordt afgemeld zoals altijd. Daarna, en zonder dit script, is er een link.
const stand = document.getElementById("stand");
const tot = Date.now() + 15 * 60_000;
const kijk = async () => {
  try {
    const antwoord = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (antwoord.status < 500) { // anders begint de dienst net opnieuw: de volgende keer
      const bladzijde = new DOMParser().parseFromString(await antwoord.text(), "text/html");
      const nu = bladzijde.getElementById("stand");
      if (!nu || !("bezig" in nu.dataset)) return location.reload();
      if (stand.innerHTML !== nu.innerHTML) stand.replaceChildren(...nu.childNodes);
    }
  } catch { /* zonder netwerk: de volgende keer */ }
  if (Date.now() < tot) setTimeout(kijk, 5000);
};
setTimeout(kijk, 5000);

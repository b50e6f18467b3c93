// Wat groot is, wordt naast de bladzijde gemaakt; die kijkt elke vijf seconden hoe ver het is. Zonder dit script is er een
// link.
const stand = document.getElementById("stand");
const kijk = async () => {
  try {
    const antwoord = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!antwoord.ok) return location.reload();
    const nu = new DOMParser().parseFromString(await antwoord.text(), "text/html").getElementById("stand");
    if (!nu || !("bezig" in nu.dataset)) return location.reload();
    const zin = nu.textContent;
    if (stand.textContent !== zin) stand.querySelector("span").textContent = zin;
  } catch { /* zonder netwerk: de volgende keer */ }
  setTimeout(kijk, 5000);
};
setTimeout(kijk, 5000);

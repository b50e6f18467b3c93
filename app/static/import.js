// Wie een groot werkboek inleest, ziet op dezelfde bladzijde hoe ver het is. Zonder dit script staat dat achter een link.
const regel = document.getElementById("hoever");
const kijk = async () => {
  try {
    const antwoord = await fetch("/import/voortgang", { headers: { Accept: "text/html" } });
    const blad = new DOMParser().parseFromString(await antwoord.text(), "text/html");
    const zin = blad.getElementById("voortgang")?.textContent;
    if (antwoord.ok && zin) regel.textContent = zin;
  } catch { /* zonder netwerk wacht het antwoord zelf ook */ }
};
document.querySelector('form[action="/import"]').addEventListener("submit", () => {
  regel.textContent = "Het werkboek wordt verstuurd.";
  setInterval(kijk, 5000);
});

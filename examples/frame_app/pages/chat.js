// A chat application: the messenger says hello with an id, and obeys messages that carry it.

let messenger = null;

addEventListener("message", (event) => {
  let data = {};
  try {
    data = JSON.parse(event.data);
  } catch {
    return;
  }
  // The address of the portal stood in our own address, which the server has checked.
  const isPortal = event.source === parent && event.origin === new URLSearchParams(location.search).get("DOMAIN");
  if (isPortal && data.action === "init") messenger = data.uniqueLoadId;
});

function tell(data) {
  const portal = new URLSearchParams(location.search).get("DOMAIN");
  if (messenger) parent.postMessage(JSON.stringify({ ...data, uniqueLoadId: messenger }), portal);
}

document.getElementById("throw").addEventListener("click", () => {
  const points = 1 + Math.floor(Math.random() * 6);
  document.getElementById("said").textContent = String(points);
  tell({ action: "send", message: `🎲 ${points}` });
});
document.getElementById("close").addEventListener("click", () => tell({ action: "close" }));

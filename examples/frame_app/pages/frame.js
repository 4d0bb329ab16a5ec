// What the pages do with BX24: each button names one of these.

const said = document.getElementById("said");
const say = (value) => {
  if (said) said.textContent = typeof value === "string" ? value : JSON.stringify(value);
};

const actions = {
  choose: () => BX24.selectUsers((people) => say(people.map((one) => one.name).join(", ") || "nobody")),
  batch() {
    const calls = { me: ["profile"], again: ["im.user.get", { ID: "$result[me][ID]" }], time: ["server.time"] };
    BX24.callBatch(calls, (found) => say(`${found.again.data().name}, ${found.time.data()}`));
  },
  taller: () => BX24.resizeWindow("100%", BX24.getScrollSize().scrollHeight + 200),
  over: () => BX24.openApplication({ opened: true }, () => say("It is closed again."), { width: 450, title: "Over" }),
  close: () => BX24.closeApplication(),
  finish: () => BX24.installFinish(),
  put: (button) => BX24.placement.call("im:setImTextareaContent", { text: button.textContent }, () => say("✓")),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) actions[button.dataset.do](button);
});

BX24.init(() => {
  const { placement, options } = BX24.placement.info();
  if (placement !== "DEFAULT") {
    say({ placement, ...options });
    return;
  }
  const name = document.getElementById("name");
  if (!name) return;
  if (options.opened) say("I was opened by myself.");
  BX24.callMethod("user.current", {}, (result) => {
    name.textContent = result.error() ? String(result.error()) : result.data().NAME;
  });
});

// The sandbox's page: one state from the sandbox, drawn by four parts; what people do goes back as deeds.

import { ChatPane } from "./chat.js";
import { Desk } from "./desk.js";
import { botLink, get, post, useZone } from "./dom.js";
import { MailPane } from "./mail.js";

const parts = {
  customer: new ChatPane(document.querySelector("#customer"), { staff: false }),
  staff: new ChatPane(document.querySelector("#staff"), { staff: true }),
  mail: new MailPane(document.querySelector("#mail")),
  desk: new Desk(document.querySelector("#desk"), document.querySelector(".clock"), () => parts.customer.user),
};
const lost = document.querySelector(".lost");
let drawing = null;
let again = false;
let released = Promise.resolve();

// A press is a click only where what was pressed still stands when it is let go: nothing is drawn anew meanwhile.
document.addEventListener("pointerdown", () => {
  released = new Promise((resolve) => {
    const afterItsClick = () => setTimeout(resolve);
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, afterItsClick, { capture: true, once: true });
  });
}, { capture: true });

// One drawing at a time; changes that come meanwhile are drawn together afterwards.
async function draw() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = get("state");
  try {
    const state = await drawing;
    await released;
    lost.hidden = true;
    useZone(state.zone);
    for (const part of Object.values(parts)) part.draw(state);
    badges();
  } catch {
    lost.hidden = false;
  } finally {
    drawing = null;
  }
  if (again) {
    again = false;
    draw();
  }
}

function badges() {
  for (const [name, part] of Object.entries(parts)) {
    const tab = document.querySelector(`.tabs [data-tab=${name}]`);
    const open = document.body.dataset.tab === name;
    if (open) part.unread = 0;
    tab.setAttribute("aria-current", open ? "page" : "false");
    tab.toggleAttribute("data-new", Boolean(part.unread) && !open);
  }
}

function openTab(name) {
  document.body.dataset.tab = name;
  badges();
}

document.querySelector(".tabs").addEventListener("click", (event) => {
  const tab = event.target.closest("[data-tab]");
  if (tab) openTab(tab.dataset.tab);
});

// A link to the bot opens it for whoever taps it, as Telegram's own client does.
document.addEventListener("person", draw);

// The first words of a customer, put where they would be written.
document.addEventListener("begin", (event) => {
  const { player, by } = event.detail;
  if (by === "mail") parts.mail.begin(player);
  else parts.customer.begin(player);
  openTab(by);
});

document.addEventListener("follow", async (event) => {
  const { address, user, state } = event.detail;
  const payload = botLink(address, state.bot);
  if (payload === null) {
    if (/^https?:/.test(address)) window.open(address, "_blank", "noopener");
    return;
  }
  await post("start", { user, payload });
  parts.customer.show(user);
  openTab("customer");
});

const events = new EventSource("events");
events.onmessage = draw;
events.onerror = () => {
  lost.hidden = events.readyState === EventSource.OPEN;
};
draw();

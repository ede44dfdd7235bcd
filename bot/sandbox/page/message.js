// One message: its bubble, what can be done with it, the buttons below.

import { el, time } from "./dom.js";

// `mine`: written by who sits here; `named`: the writer's name stands above; the rest are deeds.
export function bubble(message, { mine, named, answer, follow, tap }) {
  if (message.service) return el("p", { class: "service", "data-testid": "service" }, message.service);
  const kind = [mine ? "mine" : "theirs", message.photos.length && "pictured", message.buttons.length && "asks"];
  return el("article", { class: `message ${kind.filter(Boolean).join(" ")}`, "data-testid": "message", "data-id": message.id },
    el("div", { class: "line" }, words(message, named && !mine), tools(message, mine, answer)),
    message.reactions.length ? el("span", { class: "reaction", "data-testid": "reaction" }, message.reactions.join(" ")) : null,
    message.buttons.length ? buttons(message, follow, tap) : null);
}

function words(message, named) {
  const { reply } = message;
  return el("div", { class: "bubble" },
    named ? el("b", { class: message.by_bot ? "name bot" : "name" }, message.from) : null,
    reply ? el("blockquote", { class: "answered" }, el("b", {}, reply.from), ` ${reply.text}`) : null,
    message.photos.length ? pictures(message.photos) : null,
    message.document ? el("span", { class: "file" }, message.document) : null,
    message.contact ? el("span", { class: "contact" }, `☎ ${message.contact.phone_number}`) : null,
    message.location ? el("span", { class: "contact" }, `📍 ${message.location.latitude}, ${message.location.longitude}`) : null,
    message.other ? el("span", { class: "file" }, message.other) : null,
    message.text ? el("div", { class: "words", html: message.html }) : null,
    el("span", { class: "meta" }, message.edits ? "edited " : "", time(message.at)));
}

function pictures(photos) {
  const one = (photo) => el("img", { src: `photo/${photo}`, alt: "Photo" });
  return el("div", { class: photos.length > 1 ? "photos album" : "photos" }, ...photos.map(one));
}

function tools(message, mine, answer) {
  // Nobody can answer what stands there from before the group moved.
  if (message.is_old) return null;
  const tool = (label, sign, edit) =>
    el("button", { type: "button", class: "tool", title: label, "aria-label": label, onclick: () => answer(edit) }, sign);
  return el("div", { class: "tools" },
    tool("Answer this message", "↩", false),
    mine && message.text ? tool("Edit this message", "✎", true) : null);
}

function buttons(message, follow, tap) {
  const press = (button) => (event) => {
    const node = event.currentTarget;
    if (button.url) return follow(button.url);
    node.classList.add("waiting");
    setTimeout(() => node.classList.remove("waiting"), 1500);
    return tap(button.callback_data);
  };
  const one = (button) =>
    el("button", { type: "button", class: "tap", "data-testid": "button", onclick: press(button) },
      button.text, button.url ? el("span", { class: "away", "aria-hidden": "true" }, "↗") : null);
  return el("div", { class: "buttons" }, ...message.buttons.map((row) => el("div", { class: "row" }, ...row.map(one))));
}

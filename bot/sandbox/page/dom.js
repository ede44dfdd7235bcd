// Small things that all parts use: making elements, asking the sandbox, reading files.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "html") node.innerHTML = value; // only what the sandbox has escaped itself
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

export async function post(path, deed) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(deed),
  });
  const done = await answer.json();
  if (!answer.ok) throw new Error(done.error);
  return done;
}

export function asDataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

// What a link gives the bot at its start (perhaps nothing); null for a link that leads elsewhere.
export function botLink(address, bot) {
  const link = address.match(/^(?:https?:\/\/)?t\.me\/(\w+)(?:\?start=([\w-]*))?$/i);
  return link && link[1].toLowerCase() === bot.username.toLowerCase() ? link[2] || "" : null;
}

let zone = "UTC";

export function useZone(name) {
  zone = name;
}

const formats = new Map();

export function time(iso, options = { hour: "2-digit", minute: "2-digit" }) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key).format(new Date(iso));
}

export function day(iso) {
  return time(iso, { weekday: "short", day: "numeric", month: "short" });
}

// Photos that were chosen but not sent yet, with their thumbnails and a way to drop them.
export class ChosenPhotos {
  constructor(input, strip) {
    this.strip = strip;
    this.urls = [];
    input.addEventListener("change", async () => {
      this.urls.push(...(await Promise.all([...input.files].map(asDataUrl))));
      input.value = "";
      this.draw();
    });
  }

  take() {
    const taken = this.urls;
    this.urls = [];
    this.draw();
    return taken;
  }

  draw() {
    this.strip.hidden = !this.urls.length;
    const drop = (number) => () => {
      this.urls.splice(number, 1);
      this.draw();
    };
    this.strip.replaceChildren(
      ...this.urls.map((url, number) =>
        el("button", { type: "button", title: "Leave out", "aria-label": `Leave out photo ${number + 1}`, onclick: drop(number) },
          el("img", { src: url, alt: "" }))));
  }
}

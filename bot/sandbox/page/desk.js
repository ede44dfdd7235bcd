// What the database knows of an order, drawn as a till receipt; the clock; what goes wrong.

import { day, el, get, post, time } from "./dom.js";

const LOOK_EVERY_MS = 2000;

export class Desk {
  // `customer` tells whose chat is open.
  constructor(root, clock, customer) {
    this.customer = customer;
    this.root = root;
    this.clock = clock;
    this.unread = 0;
    this.chosen = null;
    this.seen = "";
    clock.addEventListener("click", (event) => {
      const seconds = event.target.dataset.jump;
      if (seconds) post("jump", { seconds: Number(seconds) });
    });
    root.querySelector(".fate").addEventListener("click", (event) => this.goWrong(event.target.closest("button")));
    setInterval(() => this.tick(), 1000);
    setInterval(() => document.hidden || !this.players || this.look(), LOOK_EVERY_MS);
  }

  draw(state) {
    this.players = state.players;
    this.ahead = new Date(state.now) - Date.now();
    this.tick();
    for (const name of ["telegram", "mail"]) {
      const button = this.root.querySelector(`[data-fault=${name}]`);
      button.setAttribute("aria-pressed", String(state.broken[name]));
    }
    const player = state.players.find(({ id }) => id === this.customer());
    const block = this.root.querySelector("[data-fault=block]");
    block.textContent = `${player.name} blocks the bot`;
    block.setAttribute("aria-pressed", String(state.chats[player.id].blocked));
    this.root.querySelector("[data-fault=answer]").toggleAttribute("data-armed", state.broken.answer > 0);
    this.root.querySelector("[data-testid=fault-restart]").disabled = !state.has_bot;
    this.look();
  }

  tick() {
    if (this.ahead === undefined) return;
    const now = new Date(Date.now() + this.ahead).toISOString();
    this.clock.querySelector(".now").textContent = `${day(now)}, ${time(now)}`;
  }

  async goWrong(button) {
    if (!button) return;
    if (!button.dataset.fault) {
      button.classList.add("busy");
      await post("restart", {}).catch(() => {});
      button.classList.remove("busy");
      return;
    }
    const on = button.getAttribute("aria-pressed") !== "true";
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 700);
    await post("fault", { what: button.dataset.fault, on, user: this.customer() }).catch(() => {});
  }

  async look() {
    const known = await get(this.chosen ? `desk?order=${this.chosen}` : "desk").catch(() => null);
    const seen = JSON.stringify([known, this.chosen]);
    if (!known || seen === this.seen) return;
    this.seen = seen;
    this.drawOrders(known.orders ?? [], known.selected);
    this.drawDepths(known.depths ?? []);
    this.root.querySelector(".known").replaceChildren(...(known.selected ? this.order(known.selected) : [this.firstSteps()]));
  }

  drawOrders(orders, selected) {
    const pick = (order) => () => {
      this.chosen = order.number;
      this.look();
    };
    const row = (order) =>
      el("li", {}, el("button", {
        type: "button",
        "data-testid": `order-${order.number}`,
        "aria-pressed": String(order.number === selected?.number),
        onclick: pick(order),
      }, el("b", {}, `#${order.number}`), el("span", { title: order.who ?? "" }, order.who ?? ""), stamp(order.state)));
    const list = this.root.querySelector(".order-list");
    list.replaceChildren(...orders.map(row));
  }

  drawDepths(depths) {
    const pairs = depths.flatMap(({ name, value }) => [el("dt", {}, name), el("dd", {}, value)]);
    this.root.querySelector(".depths").replaceChildren(...pairs);
  }

  order(order) {
    return [this.receipt(order), this.timeline(order), el("div", { class: "side" }, this.stock(order), this.letters(order))];
  }

  firstSteps() {
    const [one, other] = this.players;
    const begin = (player, by) =>
      el("button", {
        type: "button",
        class: "quiet",
        "data-testid": `begin-${by}`,
        onclick: () => document.dispatchEvent(new CustomEvent("begin", { detail: { player, by } })),
      }, "Write it for me");
    return el("section", { class: "steps" },
      el("h3", {}, "No order yet: four things to try"),
      el("ol", {},
        el("li", {}, el("b", {}, `Order as ${one.name}.`), ` Say what you want, in your own words. `, begin(one, "customer")),
        el("li", {}, el("b", {}, "Accept as Sam."), " Place the order first; its card is in the staff group at once."),
        el("li", {}, el("b", {}, `Order by mail as ${other.name}.`), " The answer comes by mail, too. ", begin(other, "mail")),
        el("li", {}, el("b", {}, "Break something."), " Kill the bot, lose an answer, tap twice: nothing is lost, nothing done twice.")));
  }

  receipt(order) {
    const line = ({ quantity, words, price }) =>
      el("li", {}, el("span", { class: "count" }, `${quantity} ×`), el("span", { class: "words" }, words), el("span", { class: "price" }, price));
    const fact = ({ name, value }) => el("li", { class: "fact" }, el("span", {}, name), el("span", { class: "price" }, value));
    return el("article", { class: "receipt", "data-testid": "receipt" },
      el("header", {}, el("h3", {}, `#${order.number}`), stamp(order.state, "order-state")),
      el("p", { class: "sub" }, [order.who, order.kind, order.channel && `by ${order.channel}`].filter(Boolean).join(" · ")),
      el("ul", { class: "lines", "data-testid": "lines" }, ...(order.lines ?? []).map(line)),
      el("p", { class: "total" }, el("span", {}, "Total"), el("span", { class: "price" }, order.total ?? "")),
      order.facts?.length ? el("ul", { class: "facts" }, ...order.facts.map(fact)) : null);
  }

  timeline(order) {
    const step = ({ at, actor, what }) =>
      el("li", {}, el("time", {}, time(at)), el("span", {}, what), actor ? el("i", {}, actor) : null);
    return el("section", { class: "timeline", "data-testid": "timeline", tabIndex: 0 },
      el("h3", {}, "What happened"), el("ol", {}, ...(order.timeline ?? []).map(step)));
  }

  stock(order) {
    if (!order.stock?.length) return null;
    const names = [...new Set(order.stock.flatMap(({ accounts }) => Object.keys(accounts)))];
    const head = el("tr", {}, el("td", {}), ...names.map((name) => el("th", { scope: "col" }, name)));
    const row = ({ sku, accounts }) => el("tr", {}, el("th", { scope: "row" }, sku), ...names.map((name) => el("td", {}, accounts[name] ?? "·")));
    const table = el("table", { class: "stock", "data-testid": "stock" }, el("thead", {}, head), el("tbody", {}, ...order.stock.map(row)));
    return el("section", { class: "shelves", tabIndex: 0 }, el("h3", {}, "Stock"), table);
  }

  letters(order) {
    if (!order.letters?.length) return null;
    const one = ({ to, channel, what, state }) =>
      el("li", {}, el("span", {}, what.replaceAll("_", " ")), el("i", {}, `to ${to} by ${channel}`), stamp(state));
    return el("section", { class: "outbox", "data-testid": "letters" }, el("h3", {}, "Letters"), el("ul", {}, ...order.letters.map(one)));
  }
}

function stamp(state, testid = "state") {
  return el("span", { class: `stamp ${state}`, "data-testid": testid }, String(state).replaceAll("_", " "));
}

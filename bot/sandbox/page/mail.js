// Everybody's mail with the shop: threads, letters with their HTML in a frame without scripts, writing and answering.

import { ChosenPhotos, day, el, post, time } from "./dom.js";

export class MailPane {
  constructor(root) {
    this.root = root;
    this.unread = 0;
    this.seen = null;
    this.open = null; // the thread that is read; "new" while a mail is written
    this.read = new Set();
    root.append(document.querySelector("#mail-pane").content.cloneNode(true));
    this.letters = root.querySelector(".letters");
    this.form = root.querySelector("form");
    this.from = root.querySelector(".from");
    this.photos = new ChosenPhotos(root.querySelector("input[type=file]"), root.querySelector(".chosen"));
    root.querySelector(".write").addEventListener("click", () => this.show("new"));
    root.querySelector(".back").addEventListener("click", () => this.show(null));
    this.from.addEventListener("change", () => (root.querySelector(".other").hidden = this.from.value !== ""));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  show(thread) {
    this.open = thread;
    this.seen = null;
    this.draw(this.state);
    if (thread === "new") this.root.querySelector(".subject").focus();
  }

  begin(player) {
    this.show("new");
    this.from.value = player.mail_name;
    this.root.querySelector(".subject").value = "An order";
    this.root.querySelector(".body").value = player.first_words;
    this.root.querySelector(".body").focus();
  }

  draw(state) {
    this.state = state;
    this.root.querySelector(".title p").textContent = state.shop;
    this.drawSenders(state.players);
    const seen = JSON.stringify([this.open, state.mails]);
    if (seen === this.seen) return;
    const before = this.seen === null ? state.mails.length : JSON.parse(this.seen)[1].length;
    this.unread += state.mails.slice(before).filter((mail) => mail.by_shop).length;
    this.seen = seen;
    const writing = this.open === "new";
    this.root.querySelector(".back").hidden = this.open === null;
    this.root.querySelector(".write").hidden = writing;
    this.form.hidden = this.open === null;
    this.form.classList.toggle("answer", !writing);
    this.letters.hidden = writing;
    if (!writing) this.letters.replaceChildren(...(this.open ? this.thread(this.open) : this.list()));
    if (this.open && !writing) this.letters.scrollTop = this.letters.scrollHeight;
  }

  drawSenders(players) {
    if (this.from.options.length) return;
    const writers = [...players].sort((one, other) => one.is_staff - other.is_staff || (other.name === "Carl") - (one.name === "Carl"));
    this.from.append(...writers.map((player) => el("option", { value: player.mail_name }, `${player.name} <${player.address}>`)));
    this.from.append(el("option", { value: "" }, "Someone else …"));
  }

  list() {
    const threads = new Map();
    for (const mail of this.state.mails) {
      const key = `${mail.thread} ${mail.customer}`;
      threads.set(key, [...(threads.get(key) ?? []), mail]);
    }
    const rows = [...threads].sort(([, one], [, other]) => other.at(-1).number - one.at(-1).number);
    if (!rows.length) return [el("p", { class: "nothing" }, "No mail yet. Write to the shop in your own words: what you want, where to, and when.")];
    return rows.map(([key, mails]) => this.row(key, mails));
  }

  row(key, mails) {
    const last = mails.at(-1);
    const fresh = mails.some((mail) => mail.by_shop && !this.read.has(mail.number));
    return el("button", { type: "button", class: fresh ? "envelope fresh" : "envelope", "data-testid": "mail-item", onclick: () => this.show(key) },
      el("span", { class: "who" }, this.nameOf(last.customer), mails.length > 1 ? el("i", {}, ` ${mails.length}`) : null),
      el("span", { class: "when" }, time(last.at)),
      el("b", {}, mails[0].subject || "(no subject)"),
      el("span", { class: "start" }, `${last.by_shop ? "Shop: " : ""}${last.text.replace(/\s+/g, " ").slice(0, 110)}`));
  }

  nameOf(address) {
    return this.state.players.find((player) => player.address === address)?.name ?? address;
  }

  thread(key) {
    const mails = this.state.mails.filter((mail) => `${mail.thread} ${mail.customer}` === key);
    for (const mail of mails) this.read.add(mail.number);
    this.answered = mails.filter((mail) => mail.by_shop).at(-1) ?? null;
    this.form.hidden = !this.answered;
    const nodes = mails.map((mail) => this.letter(mail));
    return [el("h3", { class: "thread-subject" }, mails[0]?.subject || "(no subject)"), ...nodes];
  }

  letter(mail) {
    const kind = mail.by_shop ? "letter by-shop" : "letter";
    return el("article", { class: kind, "data-testid": "mail", "data-number": mail.number },
      el("header", {}, el("b", {}, mail.by_shop ? "The shop" : this.nameOf(mail.customer)),
        el("span", {}, `${mail.by_shop ? `to ${mail.to}` : `from ${mail.from}`}`),
        el("time", {}, `${day(mail.at)}, ${time(mail.at)}`)),
      mail.html ? this.frame(mail) : el("pre", { class: "plain", "data-testid": "mail-text" }, mail.text),
      mail.pictures.length || mail.attachments.length ? this.attached(mail) : null);
  }

  // No scripts run inside; its height and its links are looked after from here.
  frame(mail) {
    const address = mail.customer;
    const frame = el("iframe", { title: `Mail: ${mail.subject}`, "data-testid": "mail-html" });
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.classList.toggle("adapts", mail.html.includes("color-scheme"));
    frame.addEventListener("load", () => {
      const inside = frame.contentDocument;
      const fit = () => (frame.style.height = `${inside.documentElement.scrollHeight}px`);
      fit();
      new ResizeObserver(fit).observe(inside.documentElement);
      inside.addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href]");
        if (!link) return;
        event.preventDefault();
        const user = this.state.players.find((player) => player.address === address)?.id ?? this.state.players[0].id;
        document.dispatchEvent(new CustomEvent("follow", { detail: { address: link.href, user, state: this.state } }));
      });
      if (this.open) this.letters.scrollTop = this.letters.scrollHeight;
    });
    frame.srcdoc = mail.html;
    return frame;
  }

  attached(mail) {
    const pictures = mail.pictures.map((url) => el("img", { src: url, alt: "Attached photo" }));
    const files = mail.attachments.filter((_, number) => number >= mail.pictures.length);
    return el("footer", {}, ...pictures, ...files.map((name) => el("span", { class: "file" }, name)));
  }

  async send() {
    const body = this.root.querySelector(".body");
    const subject = this.root.querySelector(".subject");
    const other = this.root.querySelector(".other");
    if (!body.value.trim()) return;
    const answers = this.open === "new" ? null : this.answered.number;
    const mail = { sender: this.from.value || other.value, subject: subject.value, body: body.value, answers };
    await post("mail", { ...mail, photos: this.photos.take() });
    body.value = "";
    subject.value = "";
    if (!answers) this.show(null);
  }
}

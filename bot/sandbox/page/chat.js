// One chat as its client shows it: messages that change in place, buttons, photos, the keyboard the bot offers.

import { botLink, ChosenPhotos, day, el, post } from "./dom.js";
import { bubble } from "./message.js";

const HIGHEST = 140;

export class ChatPane {
  constructor(root, { staff }) {
    this.root = root;
    this.isStaff = staff;
    this.drawn = new Map();
    this.seenToasts = null;
    this.unread = 0;
    root.append(document.querySelector("#chat-pane").content.cloneNode(true));
    this.talk = root.querySelector(".talk");
    this.input = root.querySelector("textarea");
    this.toast = root.querySelector(".toast");
    this.photos = new ChosenPhotos(root.querySelector("input[type=file]"), root.querySelector(".chosen"));
    this.name = staff ? "staff" : "customer";
    for (const part of ["input", "send", "photo", "begin", "keyboard", "commands"]) {
      const node = part === "input" ? this.input : root.querySelector(`.${part}`);
      node.dataset.testid = `${this.name}-${part === "begin" ? "start" : part}`;
    }
    root.querySelector("input[type=file]").dataset.testid = `${this.name}-photos`;
    this.atEnd = true;
    this.lastTop = 0;
    this.listen();
  }

  listen() {
    this.root.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
      if (event.key === "Escape") this.answer(null);
    });
    this.input.addEventListener("input", () => this.grow());
    this.root.querySelector(".answering button").addEventListener("click", () => this.answer(null));
    this.root.querySelector(".begin").addEventListener("click", () => this.do("start", {}));
    const place = this.root.querySelector(".icon.place");
    place.hidden = this.name === "staff";
    place.dataset.testid = `${this.name}-place`;
    place.addEventListener("click", () => this.do("location", {}));
    this.root.querySelector(".commands").addEventListener("click", () => this.toggleCommands());
    // Who reads the newest keeps reading it, whatever grows above or below; who scrolled back is left there.
    this.talk.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.talk;
      const isBack = scrollTop < this.lastTop;
      this.lastTop = scrollTop;
      // Only who scrolls back leaves the end: a smaller window moves the end, not the reader.
      if (scrollHeight - scrollTop - clientHeight < 40) this.atEnd = true;
      else if (isBack) this.atEnd = false;
    });
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.talk);
    this.talk.addEventListener("load", () => this.atEnd && this.toEnd(), true);
    this.talk.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      this.follow(link.href);
    });
  }

  follow(address) {
    const detail = { address, user: this.user, state: this.state };
    document.dispatchEvent(new CustomEvent("follow", { detail }));
  }

  get chatKey() {
    return this.isStaff ? "staff" : String(this.user);
  }

  // Who sits before this pane; a chat of another person is drawn anew.
  show(user) {
    if (this.user === user) return;
    this.user = user;
    if (!this.isStaff) this.clear();
    this.answer(null);
    document.dispatchEvent(new CustomEvent("person"));
    if (this.state) this.draw(this.state);
  }

  toEnd() {
    this.atEnd = true;
    this.talk.scrollTop = this.talk.scrollHeight;
  }

  clear() {
    this.drawn.clear();
    this.talk.replaceChildren();
    this.toast.hidden = true;
  }

  draw(state) {
    this.state = state;
    const known = state.players.filter((player) => !this.isStaff || player.is_staff);
    if (!this.user) this.user = known[0].id;
    const chat = state.chats[this.chatKey];
    this.drawHead(known, chat);
    this.drawMessages(chat);
    this.drawFoot(chat);
    this.drawToasts(state.toasts);
  }

  async begin(player) {
    this.show(player.id);
    if (!this.state.chats[this.chatKey].opened) await this.do("start", {});
    this.input.value = player.first_words;
    this.grow();
    this.input.focus();
  }

  drawHead(known, chat) {
    const title = this.isStaff ? chat.title : this.state.bot.name;
    const names = this.state.players.filter((player) => player.is_staff).map((player) => player.name);
    this.root.querySelector("h2").textContent = title;
    this.root.querySelector(".face").textContent = title[0];
    this.root.querySelector(".title p").textContent = this.isStaff
      ? `${names.join(", ")}, ${this.state.bot.name}`
      : `bot · chat of ${known.find((player) => player.id === this.user).name}`;
    const people = this.root.querySelector(".people");
    people.setAttribute("aria-label", this.isStaff ? "Who taps and writes here" : "Whose chat this is");
    const chip = (player) =>
      el("button", {
        type: "button",
        class: player.is_staff && !this.isStaff ? "chip other" : "chip",
        "aria-pressed": String(player.id === this.user),
        "data-testid": `${this.name}-${player.name.toLowerCase()}`,
        title: player.is_staff && !this.isStaff ? `${player.name}'s own chat with the bot` : null,
        onclick: () => this.show(player.id),
      }, player.name);
    if (people.dataset.for !== `${this.user}`) {
      people.dataset.for = this.user;
      people.replaceChildren(...known.map(chip));
    }
  }

  drawMessages(chat) {
    const atEnd = this.atEnd;
    const first = this.drawn.size === 0;
    const keys = new Set(chat.messages.map((message) => message.key));
    for (const [key, one] of this.drawn) {
      if (!keys.has(key)) {
        one.node.remove();
        this.drawn.delete(key);
      }
    }
    let before = null;
    let came = 0;
    for (const message of chat.messages) {
      came += this.drawOne(message, before, first);
      before = this.drawn.get(message.key).node;
    }
    this.talk.classList.toggle("bare", chat.messages.length === 0);
    this.markDays(chat.messages);
    if (came && !first) this.unread += came;
    if (atEnd || first) this.toEnd();
  }

  // 1 when a message of somebody else is new here.
  drawOne(message, before, first) {
    const seen = JSON.stringify([message, message.from_id === this.user]);
    const old = this.drawn.get(message.key);
    if (old?.seen === seen) return 0;
    const node = this.bubble(message);
    if (old) {
      old.node.replaceWith(node);
      if (old.edits !== message.edits) node.classList.add("changed");
    } else if (before) before.after(node);
    else this.talk.prepend(node);
    if (!old && !first) node.classList.add("came");
    if (!old && !first && message.forces.includes(this.user)) this.answer(message);
    this.drawn.set(message.key, { seen, node, edits: message.edits });
    return old || message.from_id === this.user ? 0 : 1;
  }

  markDays(messages) {
    let last = "";
    let speaker = null;
    for (const message of messages) {
      const { node } = this.drawn.get(message.key);
      const today = day(message.at);
      node.toggleAttribute("data-day", today !== last);
      if (today !== last) node.setAttribute("data-day", today);
      node.classList.toggle("follows", speaker === message.from_id && today === last);
      last = today;
      speaker = message.service ? null : message.from_id;
    }
  }

  bubble(message) {
    return bubble(message, {
      mine: message.from_id === this.user,
      named: this.isStaff,
      answer: (edit) => this.answer(message, edit),
      follow: (address) => this.follow(address),
      tap: (button) => this.do("tap", { message: message.id, of: message.chat, button }),
    });
  }

  drawFoot(chat) {
    const begin = this.root.querySelector(".begin");
    begin.hidden = chat.opened;
    begin.textContent = `Start the chat with ${this.state.bot.name}`;
    const composer = this.root.querySelector(".composer");
    const appears = composer.hidden && chat.opened;
    composer.hidden = !chat.opened;
    if (appears && this.input.value) {
      this.grow();
      this.input.focus();
    }
    const commands = this.root.querySelector(".commands");
    commands.hidden = !chat.commands.length;
    const seen = JSON.stringify([chat.keyboard, this.user]);
    const keyboard = this.root.querySelector(".keyboard");
    if (keyboard.dataset.seen === seen) return;
    keyboard.dataset.seen = seen;
    const press = (button) => () => {
      if (button.request_contact) this.do("contact", {});
      else if (button.request_location) this.do("location", {});
      else this.do("say", { text: button.text ?? button });
    };
    const key = (button) =>
      el("button", { type: "button", "data-testid": "keyboard-button", onclick: press(button) }, button.text ?? button);
    const rows = chat.keyboard?.keyboard ?? [];
    keyboard.hidden = !rows.length;
    keyboard.replaceChildren(...rows.map((row) => el("div", { class: "row" }, ...row.map(key))));
  }

  drawToasts(toasts) {
    const fresh = toasts.filter((toast) => this.seenToasts && !this.seenToasts.has(toast.id));
    this.seenToasts = new Set(toasts.map((toast) => toast.id));
    const chat = this.state.chats[this.chatKey];
    const mine = fresh.filter((toast) => chat.ids.includes(toast.chat) && toast.user === this.user).at(-1);
    if (!mine) return;
    this.toast.textContent = mine.text;
    this.toast.classList.toggle("alert", mine.alert);
    this.toast.hidden = false;
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => (this.toast.hidden = true), mine.alert ? 9000 : 4500);
  }

  toggleCommands() {
    const list = this.root.querySelector(".command-list");
    const button = this.root.querySelector(".commands");
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
    const one = (command) =>
      el("button", { type: "button", onclick: () => { this.toggleCommands(); this.do("say", { text: `/${command.command}` }); } },
        el("b", {}, `/${command.command}`), ` ${command.description}`);
    list.replaceChildren(...this.state.chats[this.chatKey].commands.map(one));
  }

  // Answer a message, edit it, or (null) neither.
  answer(message, edit = false) {
    this.about = message ? { id: message.id, edit } : null;
    const strip = this.root.querySelector(".answering");
    strip.hidden = !message;
    if (!message) return;
    strip.querySelector("span").textContent = `${edit ? "Edit" : `Answer ${message.from}`}: ${message.text.slice(0, 60) || "Photo"}`;
    if (edit) this.input.value = message.text;
    this.grow();
    this.input.focus();
  }

  async send() {
    const text = this.input.value.trim();
    const photos = this.photos.take();
    if (!text && !photos.length) return;
    const about = this.about;
    this.input.value = "";
    this.answer(null);
    this.grow();
    if (matchMedia("(hover: hover)").matches) this.input.focus();
    // A link to the bot that somebody was given opens it, as a tap on it would.
    if (!this.isStaff && botLink(text, this.state.bot) !== null) this.follow(text);
    else if (about?.edit) await this.do("edit", { message: about.id, text });
    else await this.do("say", { text, photos, reply_to: about?.id ?? null });
  }

  async do(deed, facts) {
    try {
      await post(deed, { user: this.user, chat: this.isStaff ? "staff" : "own", ...facts });
      this.toEnd();
    } catch (problem) {
      this.toast.textContent = problem.message;
      this.toast.hidden = false;
    }
  }

  grow() {
    const { style } = this.input;
    style.height = "auto";
    // The height counts the border, what is inside does not.
    const wanted = this.input.scrollHeight + this.input.offsetHeight - this.input.clientHeight;
    if (wanted) style.height = `${Math.min(wanted, HIGHEST)}px`;
    style.overflowY = wanted > HIGHEST ? "auto" : "hidden";
  }
}

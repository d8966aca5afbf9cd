/**
 * Finds people in the directory while one types (ARIA 1.2 combobox with a list), and keeps the chosen as chips.
 * Each chip sends its person's id under data-people-name; words that match nobody stay in the text field and are sent too.
 */

const PAUSE_MS = 200;
const SHORTEST = 2;

function element(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

/** One field that finds people. */
class PeoplePicker {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("input[type=text]");
    this.chips = root.querySelector("[data-people-chips]");
    this.status = root.querySelector("[data-people-status]");
    this.most = Number(root.dataset.peopleMost);
    this.found = [];
    this.active = -1;
    this.#dress();
    this.#listen();
  }

  #dress() {
    this.list = element("ul", { class: "suggestions", id: `${this.input.id}_list`, role: "listbox", "aria-label": "People found" });
    this.list.hidden = true;
    this.input.after(this.list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    for (const chip of [...this.chips.children]) this.#replaceChip(chip);
    this.#settle();
  }

  #replaceChip(chip) {
    chip.replaceWith(this.#chip({ id: chip.querySelector("input").value, name: chip.textContent.trim() }));
  }

  #listen() {
    this.input.addEventListener("input", () => this.#schedule());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.input.addEventListener("blur", () => this.#close());
    this.list.addEventListener("mousedown", (event) => this.#onPress(event));
    this.chips.addEventListener("click", (event) => this.#onChipClick(event));
  }

  #schedule() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#find(), PAUSE_MS);
  }

  async #find() {
    const words = this.input.value.trim();
    if (words.length < SHORTEST || this.#full) return this.#close();
    this.request?.abort();
    this.request = new AbortController();
    try {
      this.#show(await this.#ask(words, this.request.signal));
    } catch (error) {
      if (error.name !== "AbortError") this.#close("The directory does not answer. You can type the name instead.");
    }
  }

  async #ask(words, signal) {
    const url = `${this.root.dataset.peopleUrl}?${new URLSearchParams({ q: words })}`;
    const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", signal });
    if (!response.ok) throw new Error(`The directory answered ${response.status}`);
    const { people } = await response.json();
    return people.filter((person) => !this.#chosen.includes(String(person.id)));
  }

  get #chosen() {
    return [...this.chips.querySelectorAll("input")].map((input) => input.value);
  }

  get #full() {
    return this.#chosen.length >= this.most;
  }

  #show(people) {
    if (document.activeElement !== this.input) return;
    this.found = people;
    this.active = -1;
    this.list.replaceChildren(...people.map((person, index) => this.#option(person, index)));
    if (!people.length) return this.#close("Nobody found. You can leave the name as you typed it.");
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#announce(`${people.length} found. Use the arrow keys to choose.`);
  }

  #option(person, index) {
    const option = element("li", { class: "suggestion", role: "option", id: `${this.list.id}_${index}`, "aria-selected": "false" }, person.name);
    const about = [person.title, person.unit].filter(Boolean).join(", ");
    option.append(element("span", { class: "suggestion__about" }, about));
    return option;
  }

  #close(words = "") {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (words) this.#announce(words);
  }

  #onKey(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#move(event, open);
    else if (event.key === "Escape" && open) this.#consume(event, () => this.#close());
    else if (event.key === "Enter" && open && this.active >= 0) this.#consume(event, () => this.#choose(this.active));
    else if (event.key === "Backspace" && !this.input.value) this.#drop(this.chips.lastElementChild);
  }

  #consume(event, act) {
    event.preventDefault();
    act();
  }

  #move(event, open) {
    event.preventDefault();
    if (!open) return void this.#find();
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.active = (this.active + step + this.found.length + (this.active < 0 && step < 0 ? 1 : 0)) % this.found.length;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
    const option = this.list.children[this.active];
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  #onPress(event) {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) this.#choose([...this.list.children].indexOf(option));
  }

  #choose(index) {
    const person = this.found[index];
    this.chips.append(this.#chip(person));
    this.input.value = "";
    this.#close();
    this.#changed(`${person.name} was added.`);
  }

  #chip(person) {
    const chip = element("li", { class: "chip" });
    const button = element("button", { type: "button", class: "chip__remove", "aria-label": `Remove ${person.name}` });
    button.append(element("span", { "aria-hidden": "true" }, "\u00d7"));
    const hidden = element("input", { type: "hidden", name: this.root.dataset.peopleName, value: person.id });
    chip.append(hidden, element("span", { class: "chip__name" }, person.name), button);
    return chip;
  }

  #onChipClick(event) {
    const button = event.target.closest(".chip__remove");
    if (button) this.#drop(button.closest("li"));
  }

  #drop(chip) {
    if (!chip) return;
    const name = chip.querySelector(".chip__name").textContent;
    chip.remove();
    this.#changed(`${name} was removed.`);
    this.input.focus();
  }

  /** Tell the form, which may save itself, and the person. */
  #changed(words) {
    this.#settle();
    this.#announce(words);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #settle() {
    this.input.hidden = this.#full && this.most === 1;
  }

  #announce(words) {
    this.status.textContent = words;
  }
}

for (const root of document.querySelectorAll("[data-people-picker]")) new PeoplePicker(root);

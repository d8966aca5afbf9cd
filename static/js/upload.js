/**
 * Sends files as they are chosen or dropped: <input type="file" data-upload-url data-remove-url> inside [data-upload].
 * One POST a file (file, draft, csrfmiddlewaretoken) -> {id, name, size, url, preview_url} or {error: "A plain sentence."}.
 * Without this file the input is sent with its form, as any file input is.
 */

const SVG = "http://www.w3.org/2000/svg";
const REFUSALS = {
  0: "The connection was lost. Choose the file again.",
  401: "You are signed out. Sign in in a new tab, then choose the file again.",
  403: "You are signed out. Sign in in a new tab, then choose the file again.",
  413: "This file is too large.",
  429: "Too many files at once. Wait a minute, then choose the file again.",
};

/** "1.2 MB", as the server's own list writes it. */
function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A picture for a file that has none of its own, from the sprite the page already uses. */
function icon(name) {
  const sprite = document.querySelector("svg.usa-icon use")?.getAttribute("href").split("#")[0] ?? "";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "usa-icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `${sprite}#${name}`);
  return svg;
}

/** The server's answer as an object; anything that is not JSON is an empty one. */
function read(request) {
  try {
    return JSON.parse(request.responseText) ?? {};
  } catch {
    return {};
  }
}

/** One place for files. */
class Upload {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("input[type=file]");
    this.target = root.querySelector(".upload__target");
    this.list = root.querySelector("[data-upload-list]");
    this.status = root.querySelector("[data-upload-status]");
    this.form = root.closest("form");
    this.sending = 0;
    this.#dress();
    this.#listen();
  }

  #dress() {
    this.root.classList.add("upload--live");
    this.input.required = false;
    this.target.prepend(element("p", "upload__prompt", "Drag files here, or choose them from this device."));
  }

  #listen() {
    this.input.addEventListener("change", () => this.#take(this.input.files));
    this.list.addEventListener("click", (event) => this.#onListClick(event));
    for (const name of ["dragenter", "dragover"]) this.target.addEventListener(name, (event) => this.#hover(event, true));
    for (const name of ["dragleave", "drop"]) this.target.addEventListener(name, (event) => this.#hover(event, false));
    this.target.addEventListener("drop", (event) => this.#take(event.dataTransfer.files));
    // Before every other listener, which must find the event stopped already.
    this.form.addEventListener("submit", (event) => this.#holdBack(event), { capture: true });
  }

  /** The form waits for its files: leaving the page would cut off those still on their way. */
  #holdBack(event) {
    if (!this.sending) return;
    event.preventDefault();
    event.submitter?.setAttribute("aria-disabled", "true");
    if (this.wait) return;
    this.wait = element("p", "usa-error-message", "Wait until your files have been sent.");
    this.wait.setAttribute("role", "alert");
    const actions = this.form.querySelector(":scope > .actions");
    actions ? actions.before(this.wait) : this.form.append(this.wait);
  }

  #release() {
    if (this.sending || !this.wait) return;
    this.wait.remove();
    this.wait = null;
    for (const button of this.form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
    this.#announce("Your files have been sent. You can send the form now.");
  }

  /** What every POST carries: the draft, and the token as it is now, for signing in again changes it. */
  #data(name, value) {
    const data = new FormData();
    data.append(name, value);
    for (const field of ["csrfmiddlewaretoken", "draft"]) {
      const hidden = this.form.querySelector(`input[name=${field}]`);
      if (hidden) data.append(field, hidden.value);
    }
    return data;
  }

  #hover(event, over) {
    event.preventDefault();
    this.root.classList.toggle("upload--over", over);
  }

  #take(files) {
    for (const file of [...files]) this.#send(file, this.#addRow(file));
    this.input.value = "";
  }

  #addRow(file) {
    const row = element("li", "file");
    const words = element("span", "file__words");
    const bar = Object.assign(element("progress"), { max: 100, value: 0 });
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    words.append(element("span", "file__name", file.name), " ", element("span", "file__size", size(file.size)), bar);
    const picture = element("span", "file__picture");
    picture.append(icon("file_present"));
    row.append(picture, words);
    this.list.append(row);
    return row;
  }

  #send(file, row) {
    this.sending += 1;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) row.querySelector("progress").value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => this.#finish(request, file, row));
    this.#post(request, this.input.dataset.uploadUrl, this.#data("file", file));
  }

  #post(request, url, data) {
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Requested-With", "fetch");
    request.send(data);
  }

  #finish(request, file, row) {
    const kept = read(request);
    this.sending -= 1;
    row.querySelector("progress").remove();
    if (request.status >= 200 && request.status < 300 && kept.id) this.#keep(kept, row);
    else this.#refuse(kept.error ?? REFUSALS[request.status] ?? "This file could not be sent. Choose it again.", file, row);
    this.#release();
  }

  #keep(kept, row) {
    const link = Object.assign(element("a", "usa-link file__name", kept.name), { href: kept.url });
    row.querySelector(".file__name").replaceWith(link);
    row.querySelector(".file__size").textContent = size(kept.size);
    if (kept.preview_url) row.querySelector(".file__picture").replaceChildren(this.#preview(kept.preview_url));
    row.append(this.#removeButton(kept.name, kept.id));
    this.#announce(`${kept.name} was added.`);
  }

  #preview(url) {
    return Object.assign(element("img"), { src: url, alt: "", width: 48, height: 48 });
  }

  #removeButton(name, id) {
    const button = element("button", "usa-button usa-button--unstyled file__remove", "Remove");
    button.type = "button";
    if (id) button.value = id;
    button.append(element("span", "usa-sr-only", ` ${name}`));
    return button;
  }

  #refuse(words, file, row) {
    row.querySelector(".file__words").append(element("span", "file__error", words));
    row.append(this.#removeButton(file.name, ""));
    this.#announce(`${file.name} was not added. ${words}`);
  }

  #onListClick(event) {
    const button = event.target.closest(".file__remove");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    if (button.value) this.#remove(button.value, row);
    else this.#drop(row);
  }

  #remove(id, row) {
    const request = new XMLHttpRequest();
    request.addEventListener("loadend", () => {
      if (request.status >= 200 && request.status < 300) this.#drop(row);
      else this.#announce(read(request).error ?? "The file could not be removed. Try again.");
    });
    this.#post(request, this.input.dataset.removeUrl, this.#data("id", id));
  }

  #drop(row) {
    const name = row.querySelector(".file__name").textContent;
    row.remove();
    this.#announce(`${name} was removed.`);
    this.input.focus();
  }

  #announce(words) {
    this.status.textContent = words;
  }
}

for (const root of document.querySelectorAll("[data-upload]")) new Upload(root);

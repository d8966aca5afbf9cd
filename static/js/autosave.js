/**
 * Saves a form as one types: <form data-autosave-url="...">. The server answers {saved_at, errors: {field: [words]}}.
 * What is typed never leaves the page on a failure; it is sent again when the connection or the person is back.
 * Each save says which state of the draft the page shows (data-saved-at); a 409 {error} means that it was changed
 * elsewhere or sent: the page says so and saves no more, so that it overwrites nothing.
 */

const PAUSE_MS = 1000;
const RETRY_MS = 15000;
const KEEPALIVE_BYTES = 60000;
const MOST_UNANSWERED = 3;
const LONG_AWAY_MS = 5 * 60 * 1000;
const TOKEN = "[name=csrfmiddlewaretoken]";

/** "10:42 a.m." in the reader's own clock, from an ISO moment. */
function clockTime(moment) {
  const time = new Date(moment);
  return Number.isNaN(time.getTime()) ? "" : time.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

/** Everything typed, without files, which are sent on their own. */
function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
  return data;
}

/** Whether the answer means that nobody is signed in any more. */
function isSignedOut(response) {
  return response.redirected || response.type === "opaqueredirect" || [401, 403].includes(response.status);
}

/** One form that saves itself. */
class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.state = this.#addState();
    this.saved = this.#snapshot();
    this.savedAt = form.dataset.savedAt ?? "";
    this.unanswered = [];
    this.saving = false;
    this.timer = 0;
    this.leftAt = Date.now();
    this.#listen();
  }

  #addState() {
    const state = document.createElement("p");
    state.className = "save-state";
    state.setAttribute("role", "status");
    const actions = this.form.querySelector(":scope > .actions");
    actions ? actions.before(state) : this.form.append(state);
    state.textContent = "What you type is saved as you go.";
    return state;
  }

  #listen() {
    this.form.addEventListener("input", () => this.#schedule(PAUSE_MS));
    this.form.addEventListener("change", () => this.#schedule(PAUSE_MS));
    this.form.addEventListener("submit", (event) => { if (!event.defaultPrevented) this.leaving = true; });
    window.addEventListener("online", () => this.#save());
    window.addEventListener("offline", () => this.#sayOffline());
    window.addEventListener("pageshow", () => { this.leaving = false; });
    window.addEventListener("pagehide", () => this.#flush());
    document.addEventListener("visibilitychange", () => this.#onVisibility());
    window.addEventListener("beforeunload", (event) => this.#warn(event));
  }

  /** What was typed, as one text to compare; the token is no part of it. */
  #snapshot() {
    const data = typed(this.form);
    data.delete("csrfmiddlewaretoken");
    return new URLSearchParams(data).toString();
  }

  get #dirty() {
    return this.#snapshot() !== this.saved;
  }

  #schedule(pause) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#save(), pause);
  }

  async #save() {
    if (this.saving || this.leaving || this.overtaken || !this.#dirty) return;
    if (!navigator.onLine) return void this.#sayOffline();
    this.saving = true;
    this.#say("Saving…");
    try {
      await this.#send();
    } catch {
      this.#sayOffline();
      this.#schedule(RETRY_MS);
    } finally {
      this.saving = false;
    }
  }

  async #send(keepalive = false) {
    let sent = this.#snapshot();
    let response = await this.#post(keepalive);
    if (isSignedOut(response) && (await this.#renewToken())) {
      sent = this.#snapshot();
      response = await this.#post(keepalive);
    }
    await this.#handle(response, sent);
  }

  /** Signing in again, in another tab, makes this page's token stale; a fresh copy of the page has the new one. */
  async #renewToken() {
    const response = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
    if (!response.ok) return false;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector(`form[data-autosave-url] ${TOKEN}`)?.value;
    if (token) this.form.querySelector(TOKEN).value = token;
    return Boolean(token);
  }

  #post(keepalive = false) {
    this.sent = this.#snapshot();
    const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
    const body = this.#body();
    this.unanswered = [...this.unanswered.filter((text) => text !== this.sent), this.sent].slice(-MOST_UNANSWERED);
    return fetch(this.url, { method: "POST", body, headers, keepalive, credentials: "same-origin", redirect: "manual" });
  }

  /** What is typed, and what lets the server tell another tab's changes from a save of this page it answered in vain. */
  #body() {
    const body = typed(this.form);
    body.append("saved_at", this.savedAt);
    // With line breaks as the form itself sends them.
    for (const text of this.unanswered) body.append("unanswered", text.replace(/(%0D)?%0A/g, "%0D%0A"));
    return body;
  }

  async #handle(response, sent) {
    // Where a later save is under way, its answer counts.
    if (sent !== this.sent) return;
    if (isSignedOut(response)) return void this.#saySignedOut();
    if (response.status === 409) return void (await this.#stop(response));
    if (!response.ok) {
      this.#say("Not saved yet. The portal is busy; trying again shortly.", true);
      return void this.#schedule(RETRY_MS);
    }
    const answer = await response.json();
    this.saved = sent;
    this.savedAt = answer.saved_at;
    this.unanswered = [];
    const errors = answer.errors ?? {};
    this.#showErrors(errors);
    this.#saySaved(answer.saved_at, Object.keys(errors).length);
    if (this.#dirty) this.#schedule(PAUSE_MS);
  }

  async #stop(response) {
    const { error } = await response.json();
    this.overtaken = true;
    this.#say(error, true);
  }

  #flush() {
    if (this.leaving || this.overtaken || !this.#dirty || this.#isUnderWay) return;
    // A page may send only a little while it closes; a longer text was saved a second after the last key anyway.
    const length = [this.#snapshot(), ...this.unanswered].join("").length;
    if (length < KEEPALIVE_BYTES) this.#send(true).catch(() => {});
  }

  get #isUnderWay() {
    return this.saving && this.#snapshot() === this.sent;
  }

  #onVisibility() {
    if (document.visibilityState === "hidden") {
      this.leftAt = Date.now();
      this.#flush();
    } else if (this.#dirty) this.#save();
    else if (Date.now() - this.leftAt > LONG_AWAY_MS) this.#renewToken().catch(() => {});
  }

  #warn(event) {
    if (!this.leaving && this.#dirty && (!navigator.onLine || this.signedOut || this.overtaken)) event.preventDefault();
  }

  #say(words, trouble = false) {
    this.state.textContent = words;
    this.state.classList.add("save-state--live");
    this.state.classList.toggle("save-state--trouble", trouble);
  }

  #saySaved(moment, unsaved) {
    this.signedOut = false;
    const time = clockTime(moment);
    if (unsaved) this.#say("Saved, except for the answers marked in red.", true);
    else this.#say(time ? `Saved at ${time}` : "Saved");
  }

  #sayOffline() {
    if (this.#dirty && !this.overtaken) this.#say("Offline. What you typed is kept in this tab and will be saved when you are back.", true);
  }

  #saySignedOut() {
    this.signedOut = true;
    this.#say("You are signed out. What you typed is still here. ", true);
    const link = document.createElement("a");
    Object.assign(link, { href: "/accounts/login/", target: "_blank", rel: "noopener", textContent: "Sign in in a new tab" });
    this.state.append(link, ", then come back and continue.");
  }

  #showErrors(errors) {
    for (const group of this.form.querySelectorAll("[data-field]")) this.#showError(group, errors[group.dataset.field]);
  }

  /** Put the server's words at the field, or take away the ones this script put there. */
  #showError(group, words) {
    const control = group.querySelector("input:not([type=hidden]), textarea, select");
    const old = group.querySelector("[data-autosave-error]");
    if (!control || (!words && !old)) return;
    if (old) this.#clearError(group, control, old);
    if (words) this.#addError(group, control, words);
  }

  #clearError(group, control, error) {
    const rest = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== error.id);
    control.setAttribute("aria-describedby", rest.join(" "));
    control.removeAttribute("aria-invalid");
    control.classList.remove("usa-input--error");
    group.classList.remove("usa-form-group--error");
    error.remove();
  }

  #addError(group, control, words) {
    group.querySelector(".usa-error-message")?.remove();
    const error = document.createElement("div");
    error.className = "usa-error-message";
    error.id = `${control.id}_error`;
    error.dataset.autosaveError = "";
    error.setAttribute("role", "alert");
    error.textContent = words.join(" ");
    const place = group.querySelector(".usa-hint, .usa-label");
    place ? place.after(error) : group.prepend(error);
    const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
    control.setAttribute("aria-describedby", [...described, error.id].join(" "));
    control.setAttribute("aria-invalid", "true");
    control.classList.add("usa-input--error");
    group.classList.add("usa-form-group--error");
  }
}

for (const form of document.querySelectorAll("form[data-autosave-url]")) new Autosave(form);

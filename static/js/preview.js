/**
 * Shows a policy's text as it will look while somebody writes it: <textarea data-preview-url> beside <div id="preview">.
 * Nothing typed is lost on the way out: whoever leaves with unsaved words is asked first, and nothing is sent while
 * nobody is signed in. Without this file the "Preview" button shows the text, and saving works as well.
 */

const WAIT = 500;
const TOKEN = "[name=csrfmiddlewaretoken]";
const area = document.querySelector("[data-preview-url]");
const preview = document.getElementById("preview");

/** Everything typed, as one text to compare; the token is no part of it. */
function snapshot(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return new URLSearchParams(data).toString();
}

/** A page on which somebody writes. */
class Writing {
  constructor(form) {
    this.form = form;
    // A page that shows what was sent and not kept has nothing saved.
    this.saved = "unsaved" in area.dataset ? null : snapshot(form);
    this.state = document.getElementById("preview-state");
    this.trouble = this.#addTrouble();
    this.timer = 0;
    this.asked = 0;
    this.#listen();
  }

  #addTrouble() {
    const words = document.createElement("p");
    words.className = "save-state save-state--live save-state--trouble";
    words.setAttribute("role", "alert");
    words.hidden = true;
    this.form.querySelector(":scope > .actions").before(words);
    return words;
  }

  #listen() {
    area.addEventListener("input", () => this.#later());
    this.form.addEventListener("submit", (event) => this.#send(event));
    window.addEventListener("beforeunload", (event) => this.#hold(event));
    window.addEventListener("pageshow", () => { this.sure = false; });
  }

  /** Once the writer pauses. */
  #later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#show(), WAIT);
  }

  /** Ask for the text as it stands, and show the answer unless a newer one was asked for meanwhile. */
  async #show() {
    const mine = ++this.asked;
    try {
      let answer = await this.#preview();
      // Somebody may have signed in again in another tab, which makes this page's token stale.
      if ([401, 403].includes(answer.status) && (await this.#isSignedIn())) answer = await this.#preview();
      if (mine !== this.asked) return;
      if (!answer.ok) return void this.#cannotShow(answer.status === 401 ? "you are signed out" : "the portal cannot draw it");
      preview.innerHTML = await answer.text();
      this.state.textContent = "";
    } catch {
      if (mine === this.asked) this.#cannotShow("the portal does not answer");
    }
  }

  #preview() {
    const body = new URLSearchParams({ body: area.value, csrfmiddlewaretoken: this.form.querySelector(TOKEN).value });
    return fetch(area.dataset.previewUrl, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  }

  #cannotShow(why) {
    this.state.textContent = `The preview is not up to date: ${why}. What you typed is still here.`;
  }

  /** Look first whether what is sent will arrive; a press while that is looked at counts as the same one. */
  async #send(event) {
    if (this.sure) return;
    event.preventDefault();
    if (this.looking) return;
    this.looking = true;
    try {
      this.sure = await this.#isSignedIn();
      if (!this.sure) this.#saySignedOut();
    } catch {
      this.#say("The portal does not answer, so nothing was sent. What you typed is still here; try again in a minute.");
    } finally {
      this.looking = false;
    }
    if (this.sure) this.form.requestSubmit(event.submitter);
  }

  /** Whether somebody is; takes over the token that a new sign-in in another tab brought. */
  async #isSignedIn() {
    const answer = await fetch(window.location.href, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector(TOKEN)?.value;
    if (token) this.form.querySelector(TOKEN).value = token;
    return true;
  }

  #say(words) {
    this.trouble.textContent = words;
    this.trouble.hidden = false;
  }

  #saySignedOut() {
    this.#say("You are signed out, so nothing was saved. What you typed is still here. ");
    const link = document.createElement("a");
    Object.assign(link, { href: "/accounts/login/", target: "_blank", rel: "noopener", textContent: "Sign in in a new tab" });
    this.trouble.append(link, ", then come back and save again.");
  }

  /** Nobody leaves with unsaved words unasked. */
  #hold(event) {
    if (!this.sure && snapshot(this.form) !== this.saved) event.preventDefault();
  }
}

if (area && preview) new Writing(area.form);

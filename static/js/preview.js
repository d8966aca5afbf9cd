/**
 * Shows a policy's text as it will look while somebody writes it: <textarea data-preview-url> beside <div id="preview">.
 * Without this file the "Preview" button does the same.
 */

const WAIT = 500;
const area = document.querySelector("[data-preview-url]");
const preview = document.getElementById("preview");
const state = document.getElementById("preview-state");
let waiting = 0;
let asked = 0;
let saved = area?.value;

/** Ask for the text as it stands, and show the answer unless a newer one was asked for meanwhile. */
async function show() {
  const mine = ++asked;
  const form = area.form;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ body: area.value, csrfmiddlewaretoken: token });
  try {
    const answer = await fetch(area.dataset.previewUrl, { method: "POST", body });
    if (mine !== asked) return;
    if (!answer.ok || answer.redirected) throw new Error("refused");
    preview.innerHTML = await answer.text();
    state.textContent = "";
  } catch {
    if (mine === asked) state.textContent = "The preview is not up to date: the portal does not answer. Keep a copy of your text.";
  }
}

/** Once the writer pauses. */
function later() {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(show, WAIT);
}

/** Nobody leaves with unsaved words unasked. */
function hold(event) {
  if (area.value !== saved) event.preventDefault();
}

if (area && preview) {
  area.addEventListener("input", later);
  area.form.addEventListener("submit", () => { saved = area.value; });
  window.addEventListener("beforeunload", hold);
}

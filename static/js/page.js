/**
 * Small comforts of every page: focus on the error summary, one submission per press, print buttons, the filter drawer.
 * Without this file everything still works; it is only less comfortable.
 */

const BUSY_SECONDS = 10;

/** Put focus on the summary of what is wrong, so that it is the first thing read out. */
function focusErrorSummary() {
  document.querySelector("[data-error-summary]")?.focus();
}

/** Following a link of the summary puts the cursor in the field, even where a radio group is meant. */
function followSummaryLink(event) {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const typed = field.matches("[data-people-picker]") ? field.querySelector("input:not([type=hidden])") : field;
  (typed ?? field).focus();
  field.closest("[data-field]")?.scrollIntoView({ block: "start" });
}

/** A form goes out once: a second press within seconds is ignored, and the button says that it is busy. */
function submitOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  // One form serves many buttons of a page: what is kept from going out twice is what one of them does.
  const pressed = event.submitter ? `${event.submitter.formAction} ${event.submitter.value}` : "";
  if (form.dataset.sending === `sent ${pressed}`) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = `sent ${pressed}`;
  event.submitter?.setAttribute("aria-disabled", "true");
  // The button is not disabled, since its name and value would then be missing from what is sent.
  window.setTimeout(() => allowSubmission(form), BUSY_SECONDS * 1000);
}

/** Let a form be sent again. */
function allowSubmission(form) {
  delete form.dataset.sending;
  for (const control of form.elements) control.removeAttribute("aria-disabled");
}

/** A page that comes back from the browser's memory starts afresh. */
function wakeUp(event) {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(allowSubmission);
}

/** Show the print buttons, which mean nothing without a script. */
function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** The filters stand open beside a wide list and fold away above a narrow one. */
function foldFilters() {
  const wide = window.matchMedia("(min-width: 64em)");
  const fold = () => document.querySelectorAll("[data-open-when-wide]").forEach((drawer) => { drawer.open = wide.matches; });
  wide.addEventListener("change", fold);
  fold();
}

/** Paper shows everything: what is folded away opens for the printer and folds again afterwards. */
function unfoldForPrint() {
  for (const part of document.querySelectorAll("details.older:not([open])")) {
    part.open = true;
    window.addEventListener("afterprint", () => { part.open = false; }, { once: true });
  }
}

focusErrorSummary();
offerPrinting();
foldFilters();
document.addEventListener("click", followSummaryLink);
document.addEventListener("submit", submitOnce);
window.addEventListener("pageshow", wakeUp);
window.addEventListener("beforeprint", unfoldForPrint);

/**
 * Shows a part of a form only while an answer calls for it: <div data-reveal-when="field=value|other">.
 * Nothing is disabled, so what was typed in a part that folds away is kept and sent.
 */

/** The values a form would send under this name, radio buttons and tick boxes included. */
function answers(form, name) {
  return new FormData(form).getAll(name).map(String);
}

/** Whether a part has its moment: its answer is given, or something in it needs correcting. */
function isCalledFor(part, form) {
  const [name, values] = part.dataset.revealWhen.split("=");
  const wanted = values.split("|");
  return answers(form, name).some((answer) => wanted.includes(answer)) || part.querySelector(".usa-error-message") !== null;
}

/** Bring every part of one form in line with its answers. */
function settle(form) {
  for (const part of form.querySelectorAll("[data-reveal-when]")) {
    part.hidden = !isCalledFor(part, form);
    part.classList.toggle("reveal--waiting", part.hidden);
  }
}

const forms = new Set([...document.querySelectorAll("[data-reveal-when]")].map((part) => part.closest("form")));
forms.delete(null);
for (const form of forms) {
  form.addEventListener("change", () => settle(form));
  form.addEventListener("reset", () => window.setTimeout(() => settle(form)));
  window.addEventListener("pageshow", () => settle(form));
  settle(form);
}

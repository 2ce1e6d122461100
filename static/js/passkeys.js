// Forms that a passkey can fill in. `data-passkey` says what is asked: to make one (create) or to show one (get);
// `data-question` holds the question. Without this script, or where there are no passkeys, these forms stay hidden.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const described = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function question(said) {
  const asked = { ...said, challenge: bytes(said.challenge) };
  if (said.user) asked.user = { ...said.user, id: bytes(said.user.id) };
  if (said.excludeCredentials) asked.excludeCredentials = described(said.excludeCredentials);
  if (said.allowCredentials) asked.allowCredentials = described(said.allowCredentials);
  return asked;
}

function answer(made) {
  const response = { clientDataJSON: text(made.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (made.response[part]) response[part] = text(made.response[part]);
  return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const field = form.querySelector("[data-answer]");
    if (field.value) return;
    event.preventDefault();
    const problem = form.querySelector("[role=alert]");
    problem.hidden = true;
    try {
      const publicKey = question(JSON.parse(form.dataset.question));
      field.value = answer(await navigator.credentials[form.dataset.passkey]({ publicKey }));
      form.submit();
    } catch {
      problem.hidden = false; // said no, took too long, or the device has none
    }
  });
}

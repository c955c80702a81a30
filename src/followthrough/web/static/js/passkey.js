// Passkeys: asks the browser, writes the answer into the form, and sends it. Without this script they are not offered.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
  };
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async (asked, alone) => {
    const key = { ...asked.publicKey, challenge: bytes(asked.publicKey.challenge) };
    key.user = { ...key.user, id: bytes(key.user.id) };
    key.excludeCredentials = known(key.excludeCredentials);
    if (alone) {
      key.authenticatorSelection = {
        ...key.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
      };
    }
    return navigator.credentials.create({ publicKey: key });
  };

  const ask = (asked) => {
    const key = { ...asked.publicKey, challenge: bytes(asked.publicKey.challenge) };
    key.allowCredentials = known(key.allowCredentials);
    return navigator.credentials.get({ publicKey: key });
  };

  const written = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const handed = () => JSON.parse(document.getElementById("passkey-asks").textContent);
  const fetched = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("the server did not answer");
    return answer.json();
  };
  const ways = {
    "new": async (form) => make(handed().creation_options, form.elements.passwordless.checked),
    "answer": async () => ask(handed().request_options),
    "sign-in": async (form) => ask((await fetched(form.action)).request_options),
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const says = form.querySelector("[data-says]");
      says.textContent = "";
      try {
        form.elements.credential.value = written(await ways[form.dataset.passkey](form));
        form.submit();
      } catch (error) {
        says.textContent = `The passkey was not used: ${error.message}`;
      }
    });
  }
})();

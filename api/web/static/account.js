// Passkeys need a script; everything else on this page does without.
"use strict";
(() => {
  const send = async (path, content) => {
    const answer = await fetch(path, { method: "POST", headers: content ? { "Content-Type": "application/json" } : {}, body: content && JSON.stringify(content) });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const ways = {
    async add() {
      const { ceremony, options } = await send("/v1/passkeys/ceremonies");
      const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) });
      await send("/v1/passkeys", { ceremony, credential: credential.toJSON() });
    },
    async login() {
      const { ceremony, options } = await send("/v1/login/passkeys");
      const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
      await send("/v1/login/passkeys/sessions", { ceremony, credential: credential.toJSON(), cookie: true });
    },
  };
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;
  for (const place of document.querySelectorAll("[data-passkey]")) {
    place.hidden = false;
    const button = place.querySelector("button"), fault = place.querySelector(".fault");
    button.addEventListener("click", async () => {
      button.disabled = true;
      fault.textContent = "";
      try {
        await ways[place.dataset.passkey]();
        location.assign("/account?lang=" + document.documentElement.lang);
      } catch {
        fault.textContent = fault.dataset.fault;
        button.disabled = false;
      }
    });
  }
})();

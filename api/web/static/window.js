// The window beside a shop's page tells it what the customer has agreed to, and
// nobody else: the message goes to the one origin the server names.
"use strict";
(() => {
  const told = document.getElementById("told");
  if (told && window.opener) {
    window.opener.postMessage(JSON.parse(told.dataset.message), told.dataset.origin);
    told.textContent = told.dataset.told;
  }
  for (const end of document.querySelectorAll("[data-close]")) {
    end.addEventListener("click", (event) => {
      event.preventDefault();
      window.close();
    });
  }
})();

// <fit-room product="…" lang="de"> on a shop's page. The customer is asked in a
// window of the fitting room's own; what this page gets to know is what the
// customer granted, in a message from that window alone. Nothing is stored.
//
//   <script src="https://fitroom.example/static/fit-room.js" data-key="frp_live_…" defer></script>
//   <fit-room product="STYLE OR GTIN" lang="de">fallback without script</fit-room>
//
// The element fires "fitroom-fit" with the message in detail.
"use strict";
(() => {
  const script = document.currentScript, server = new URL(script.src).origin, pageKey = script.dataset.key || "";
  const words = {}; // by language: the server puts in those of its catalogue (api/element.go)
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; font: inherit; color: inherit; max-inline-size: 40rem; }
    button { font: inherit; font-weight: 600; min-block-size: 2.75rem; padding: 0.6rem 1.4rem; border: 1px solid currentColor; border-radius: 8px; background: transparent; color: inherit; cursor: pointer; }
    button:focus-visible { outline: 3px solid; outline-offset: 2px; }
    p { margin: 0.6rem 0; } .size { font-size: 1.4rem; font-weight: 600; }
    details { margin: 0.6rem 0 1rem; } summary { padding-block: 0.4rem; cursor: pointer; } .scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.95rem; }
    th, td { text-align: start; padding: 0.35rem 0.9rem 0.35rem 0; border-block-end: 1px solid #8884; } [hidden] { display: none; }`);

  const make = (name, text = "", more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);

  class FitRoom extends HTMLElement {
    static observedAttributes = ["lang", "product"];
    #root = this.attachShadow({ mode: "open" });
    #window = null;
    #message = null;
    // These three stay while their text changes, so that the focus is not lost
    // and screen readers hear the news.
    #told = make("div");
    #ask = make("button", "", { type: "button" });
    #status = make("p");

    get #say() { return words[(this.lang || document.documentElement.lang || "en").slice(0, 2)] || words.en; }

    connectedCallback() {
      this.#root.adoptedStyleSheets = [sheet];
      this.#told.setAttribute("aria-live", "polite");
      this.#ask.setAttribute("part", "button");
      this.#status.setAttribute("role", "status");
      this.#ask.onclick = () => this.#open();
      this.#root.replaceChildren(this.#told, this.#ask, this.#status);
      addEventListener("message", this);
      this.#show();
    }

    disconnectedCallback() { removeEventListener("message", this); }

    attributeChangedCallback(name, was, is) {
      if (was === is) return;
      this.#message = null;
      if (this.isConnected) this.#show();
    }

    // handleEvent hears the window that this element opened, at the address it
    // opened it at, about the product it asked for; everything else is not meant.
    handleEvent(event) {
      if (event.origin !== server || !this.#window || event.source !== this.#window) return;
      const message = event.data;
      if (message?.type !== "fitroom:fit" || message.product !== this.getAttribute("product")) return;
      this.#message = message;
      this.#show();
      this.dispatchEvent(new CustomEvent("fitroom-fit", { detail: message, bubbles: true }));
    }

    #open() {
      const question = new URLSearchParams({ key: this.getAttribute("key") || pageKey, origin: location.origin, product: this.getAttribute("product") || "", lang: this.#say.lang });
      this.#window = window.open(`${server}/fit?${question}`, "fitroom", "popup,width=520,height=760");
      this.#show(this.#window ? this.#say.open : this.#say.blocked);
    }

    #show(note = "") {
      const say = this.#say;
      this.#told.replaceChildren(...(this.#message ? this.#verdict(this.#message.report, say) : []));
      this.#ask.textContent = this.#message ? say.again : say.ask;
      this.#status.textContent = note;
    }

    #verdict(report, say) {
      const { outcome, sizes } = report.advice, head = make("p", say[outcome] || say.refuse);
      const parts = [head];
      if (sizes?.length) parts.push(make("p", sizes.join(" / "), { className: "size" }));
      const names = report.size_order || [], zones = [...new Set(names.flatMap((n) => Object.keys(report.sizes[n]?.zones || {})))]
        .filter((z) => names.some((n) => ![undefined, "cannot_judge"].includes(report.sizes[n]?.zones[z]?.verdict)));
      if (!zones.length) return parts;
      const details = make("details"), scroll = make("div", "", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: say.details }), table = make("table"), top = make("tr");
      top.append(Object.assign(make("th", say.size), { scope: "col" }), ...names.map((n) => Object.assign(make("th", n), { scope: "col" })));
      table.append(top);
      for (const zone of zones) {
        const row = make("tr");
        row.append(Object.assign(make("th", say.z[zone] || zone), { scope: "row" }));
        for (const n of names) {
          const seen = report.sizes[n]?.zones[zone];
          row.append(make("td", seen ? say.v[seen.verdict] || seen.verdict : "–"));
        }
        table.append(row);
      }
      scroll.append(table);
      details.append(make("summary", say.details), scroll);
      return [...parts, details];
    }
  }
  if (!customElements.get("fit-room")) customElements.define("fit-room", FitRoom);
})();

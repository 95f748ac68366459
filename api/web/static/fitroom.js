// The page works without this script. With it, a try-on shows its progress,
// units are converted as they are switched, and examples follow the figure.
"use strict";
(() => {
  const decimalSign = document.documentElement.lang === "de" ? "," : ".";
  const factors = { cm: 2.54, kg: 0.45359237 };
  let form, going;

  const chosen = (name) => form.querySelector(`[name=${name}]:checked`)?.value;

  function showExamples() {
    const kind = chosen("population") + "-" + chosen("units");
    for (const input of form.querySelectorAll("[data-example]")) {
      input.placeholder = `${input.dataset.example} ${input.getAttribute("data-" + kind)}`;
    }
  }

  // convert turns what is typed into the other system, to a tenth.
  function convert() {
    for (const input of form.querySelectorAll("[data-example]")) {
      const value = Number(input.value.replace(",", "."));
      if (input.value.trim() === "" || !(value > 0)) continue;
      const factor = factors[input.parentElement.querySelector(".metric").textContent];
      const turned = chosen("units") === "metric" ? value * factor : value / factor;
      input.value = String(Math.round(10 * turned) / 10).replace(".", decimalSign);
    }
  }

  // keepGarment drops a choice that is not offered to the figure.
  function keepGarment() {
    if (chosen("population") === "unspecified") return;
    const hidden = form.querySelector(`.garment.for-${chosen("population") === "men" ? "women" : "men"} input:checked`);
    if (hidden) hidden.checked = false;
  }

  function sentence(stage) {
    const { waiting, drawing, size, body } = form.dataset;
    if (stage.startsWith("size ")) return size.replace("{size}", stage.slice(5));
    if (stage.startsWith("drawing") || stage === "done") return drawing;
    return stage === "waiting" ? waiting : body;
  }

  function showProgress(news) {
    document.getElementById("bar").value = news.done;
    const text = sentence(news.stage);
    const stage = document.getElementById("stage");
    if (stage.textContent !== text) stage.textContent = text;
  }

  function setWorking(on) {
    document.getElementById("working").hidden = !on;
    form.classList.toggle("busy", on);
    form.querySelector("[type=submit]").disabled = on;
    document.getElementById("lost").hidden = true;
    if (on) showProgress({ done: 0, stage: "waiting" });
  }

  // swap shows another page of the server in place of this one.
  function swap(html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    document.title = next.title;
    document.getElementById("main").replaceWith(next.getElementById("main"));
    begin();
    const alert = document.getElementById("alert");
    if (alert) {
      alert.focus();
      alert.scrollIntoView({ block: "start" });
    }
  }

  function hear(name, data) {
    if (name === "progress") showProgress(data);
    if (name === "result") location.assign(data.location);
    if (name === "page") swap(data.html);
    return name !== "progress";
  }

  async function readEvents(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = "", done = false; ;) {
      const part = await reader.read();
      if (part.done) {
        if (!done) throw new Error("the stream ended early");
        return;
      }
      text += part.value;
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events) {
        const name = event.match(/^event: (.*)$/m), data = event.match(/^data: (.*)$/m);
        if (name && data) done = hear(name[1], JSON.parse(data[1])) || done;
      }
    }
  }

  async function tryOn(event) {
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    going = new AbortController();
    setWorking(true);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, signal: going.signal,
        headers: { Accept: "text/event-stream, text/html;q=0.9" },
      });
      const type = answer.headers.get("Content-Type") || "";
      if (type.startsWith("text/event-stream")) await readEvents(answer.body);
      else if (type.startsWith("text/html")) swap(await answer.text());
      else throw new Error(type);
    } catch (error) {
      setWorking(false);
      if (error.name === "AbortError") return;
      const lost = document.getElementById("lost");
      lost.textContent = form.dataset.lost;
      lost.hidden = false;
    }
  }

  function begin() {
    form = document.getElementById("form");
    form.addEventListener("submit", tryOn);
    document.getElementById("stop").addEventListener("click", () => going?.abort());
    for (const radio of form.querySelectorAll("[name=units]")) {
      radio.addEventListener("change", () => { convert(); showExamples(); });
    }
    for (const radio of form.querySelectorAll("[name=population]")) {
      radio.addEventListener("change", () => { keepGarment(); showExamples(); });
    }
    showExamples();
    // The advised size comes into view where the sizes do not fit side by side.
    const sizes = document.querySelector(".sizes"), advised = document.querySelector(".size.advised");
    if (sizes && advised) sizes.scrollLeft = advised.offsetLeft - sizes.offsetLeft - 16;
  }

  // A page shown again by the back button shall not still be working.
  addEventListener("pageshow", (event) => { if (event.persisted) setWorking(false); });
  begin();
})();

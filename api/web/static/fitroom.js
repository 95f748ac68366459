// The page works without this script. With it, a try-on shows its progress,
// what is typed is checked against the rest, units are converted as they are
// switched, examples follow the figure, and pictures, turntable and 3D file open
// in place.
"use strict";
(() => {
  const decimalSign = (1.5).toLocaleString(document.documentElement.lang)[1];
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

  // check asks whether what was typed so far goes together, a moment after the
  // last change; of several answers only the last counts.
  let checking, asked = 0;
  function check() {
    clearTimeout(checking);
    checking = setTimeout(async () => {
      const turn = ++asked;
      try {
        const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (!answer.ok || turn !== asked) return;
        const { faults, doubts } = await answer.json();
        for (const input of form.querySelectorAll("[data-example]")) {
          const fault = faults[input.name] || "";
          say("e-" + input.name, fault);
          say("d-" + input.name, doubts[input.name] || "");
          input.closest(".field").classList.toggle("wrong", fault !== "");
          if (fault) input.setAttribute("aria-invalid", "true");
          else input.removeAttribute("aria-invalid");
        }
      } catch { /* the check is a courtesy; the server looks again */ }
    }, 350);
  }

  function say(id, text) {
    const place = document.getElementById(id);
    if (place.textContent !== text) place.textContent = text;
  }

  // stand is where a picture, a turntable or a 3D file is looked at.
  let stop, standing = 0;
  function openStand(link) {
    const stand = document.getElementById("stand"), room = document.getElementById("stand-body"), hint = document.getElementById("stand-hint");
    const title = link.closest(".size")?.querySelector("h2").textContent || document.querySelector(".contours h2")?.textContent || "";
    document.getElementById("stand-title").textContent = title;
    closeStand();
    hint.textContent = "";
    stand.showModal();
    room.focus(); // not the button that closes, on which the rest of the key press would fall
    if (link.dataset.show === "picture") showPicture(link, room);
    if (link.dataset.show === "turn") showTurntable(link, room, hint);
    if (link.dataset.show === "model") showModel(link, room, hint);
  }

  function showPicture(link, room) {
    const large = new Image();
    large.src = link.href;
    large.alt = link.querySelector("img").alt;
    room.append(large);
  }

  const frames = 36, across = 6; // of the turntable's sheet

  function showTurntable(link, room, hint) {
    const { turn, angle } = document.getElementById("stand").dataset;
    const view = document.createElement("div"), slider = document.createElement("input");
    view.className = "turntable";
    view.setAttribute("role", "img");
    view.style.backgroundImage = `url("${link.href}")`;
    Object.assign(slider, { type: "range", min: 0, max: frames, value: 0 });
    slider.setAttribute("aria-label", angle);
    const show = () => {
      const frame = slider.value % frames;
      view.style.backgroundPosition = `${(frame % across) * 100 / (across - 1)}% ${Math.floor(frame / across) * 100 / (across - 1)}%`;
      slider.setAttribute("aria-valuetext", `${frame * 360 / frames}°`);
      view.setAttribute("aria-label", `${document.getElementById("stand-title").textContent}, ${frame * 360 / frames}°`);
    };
    let from = null;
    view.addEventListener("pointerdown", (event) => { from = { x: event.clientX, value: Number(slider.value) }; view.setPointerCapture(event.pointerId); });
    view.addEventListener("pointermove", (event) => {
      if (!from) return;
      const moved = Math.round((event.clientX - from.x) * frames / view.clientWidth);
      slider.value = ((from.value + moved) % frames + frames) % frames;
      show();
    });
    view.addEventListener("pointerup", () => { from = null; });
    slider.addEventListener("input", show);
    room.append(view, slider);
    show();
    hint.textContent = turn;
    slider.focus();
  }

  async function showModel(link, room, hint) {
    const { wait, none, model } = document.getElementById("stand").dataset;
    const mine = ++standing, canvas = document.createElement("canvas");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", document.getElementById("stand-title").textContent);
    room.append(canvas);
    canvas.focus();
    hint.textContent = wait;
    try {
      const viewer = await import("/static/viewer.js");
      const end = await viewer.show(canvas, link.href);
      if (mine !== standing) return end();
      stop = end;
      hint.textContent = model;
      canvas.dataset.ready = "yes";
    } catch {
      if (mine !== standing) return;
      canvas.remove();
      hint.textContent = none;
    }
  }

  function closeStand() {
    standing++;
    stop?.();
    stop = null;
    document.getElementById("stand-body").replaceChildren();
  }

  function beginStand() {
    const stand = document.getElementById("stand");
    if (!stand) return;
    // The news of a closing may come when the dialog is open again already.
    stand.addEventListener("close", () => { if (!stand.open) closeStand(); });
    stand.addEventListener("click", (event) => { if (event.target === stand) stand.close(); });
    document.getElementById("stand-close").addEventListener("click", () => stand.close());
    for (const link of document.querySelectorAll("[data-show]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        openStand(link);
      });
    }
  }

  function showExamplesOnSwitch() {
    for (const radio of form.querySelectorAll("[name=units]")) {
      radio.addEventListener("change", () => { convert(); showExamples(); check(); });
    }
    for (const radio of form.querySelectorAll("[name=population]")) {
      radio.addEventListener("change", () => { keepGarment(); showExamples(); });
    }
    showExamples();
  }

  function begin() {
    beginStand();
    form = document.getElementById("form");
    if (!form) return;
    form.addEventListener("input", (event) => { if (event.target.dataset.example) check(); });
    form.addEventListener("change", check);
    showExamplesOnSwitch();
    if (!document.getElementById("working")) return; // measurements are kept, not tried on
    form.addEventListener("submit", tryOn);
    document.getElementById("stop").addEventListener("click", () => going?.abort());
    // The advised size comes into view where the sizes do not fit side by side.
    const sizes = document.querySelector(".sizes"), advised = document.querySelector(".size.advised");
    if (sizes && advised) sizes.scrollLeft = advised.offsetLeft - sizes.offsetLeft - 16;
    const table = document.querySelector(".verdicts"), column = table?.querySelector(".advised");
    if (column) table.parentElement.scrollLeft = column.offsetLeft - table.querySelector("th").offsetWidth;
  }

  // A page shown again by the back button shall not still be working.
  addEventListener("pageshow", (event) => { if (event.persisted && form) setWorking(false); });
  begin();
})();

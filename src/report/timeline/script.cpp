#include "report/timeline/assets.hpp"

namespace fer::report {

std::string_view timelineScript() {
  return R"js("use strict";
for (const box of document.querySelectorAll(".source[data-end]")) {
  const bin = +box.dataset.bin, end = +box.dataset.end;
  const lanes = box.querySelector(".lanes"), reading = box.querySelector(".reading"), video = box.querySelector("video");
  const classes = [...box.querySelectorAll(".classes li")];
  const two = number => String(number).padStart(2, "0");
  const clock = seconds => {
    const whole = Math.floor(seconds), hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    const rest = two(whole % 60) + (bin < 1 ? "." + Math.floor(seconds * 10 % 10) : "");
    return hours ? hours + ":" + two(minutes) + ":" + rest : minutes + ":" + rest;
  };
  const expanded = text => text.split(" ").flatMap(run => {
    const [value, count] = run.split("x");
    return Array(+(count || 1)).fill(value);
  });
  const words = (lane, value) => {
    if (lane.dataset.kind === "faces") return value === undefined || value === "-" ? "no frame" : value / 10 + (value === "10" ? " face" : " faces");
    if (value === undefined || value === "-") return "not seen";
    if (value === "?") return "not classified yet";
    return classes[Math.floor(value / 101)].querySelector("b").textContent + " " + value % 101 + " %";
  };
  let at = 0;
  const valueAt = lane => (lane.list ??= expanded(lane.dataset.values))[Math.min(Math.floor(at / bin + 1e-9), Math.ceil(end / bin) - 1)];
  const show = (seconds, lane) => {
    at = Math.min(Math.max(seconds, 0), end);
    lanes.classList.add("read");
    lanes.style.setProperty("--at", 100 * at / end + "%");
    const name = lane.closest(".row").querySelector("b").textContent, value = valueAt(lane);
    const bold = document.createElement("b");
    bold.textContent = clock(at);
    reading.replaceChildren(bold, " · " + (lane.dataset.kind === "faces" ? "" : name + ": "));
    if (lane.dataset.kind !== "faces" && value >= 0) reading.append(classes[Math.floor(value / 101)].querySelector("i").cloneNode());
    reading.append(words(lane, value));
    for (const each of lanes.querySelectorAll(".lane")) {
      each.setAttribute("aria-valuenow", Math.round(at));
      each.setAttribute("aria-valuetext", clock(at) + ", " + words(each, valueAt(each)));
    }
  };
  const jump = () => { if (video && !video.hidden) video.currentTime = at; };
  const all = [...lanes.querySelectorAll(".lane")];
  let last = all[1] || all[0];
  reading.hidden = false;
  const hint = () => {
    const moves = video && !video.hidden ? "; a click or Enter moves the video there." : ".";
    reading.textContent = "Point at or touch a lane, or move in it with the arrow keys, to read its values" + moves;
  };
  hint();
  for (const lane of all) {
    const under = event => {
      const edges = lane.getBoundingClientRect();
      show((event.clientX - edges.left) / edges.width * end, last = lane);
    };
    lane.tabIndex = 0;
    lane.setAttribute("role", "slider");
    lane.setAttribute("aria-valuemin", 0);
    lane.setAttribute("aria-valuemax", Math.round(end));
    lane.setAttribute("aria-valuenow", 0);
    lane.addEventListener("pointermove", under);
    lane.addEventListener("click", event => { under(event); jump(); });
    lane.addEventListener("focus", () => { if (!lane.matches(":hover")) show(at, last = lane); });
    lane.addEventListener("keydown", event => {
      const steps = {ArrowLeft: -bin, ArrowRight: bin, PageDown: -end / 10, PageUp: end / 10, Home: -end, End: end};
      if (event.key === "Enter") jump();
      else if (event.key in steps) show(at + steps[event.key], last = lane);
      else return;
      event.preventDefault();
    });
  }
  if (!video) continue;
  const lost = () => {
    video.hidden = true;
    box.querySelector(".film").classList.remove("film");
    box.querySelector(".lost").hidden = false;
    hint();
  };
  video.addEventListener("error", lost);
  if (video.error) lost();
  video.addEventListener("timeupdate", () => { if (!video.paused) show(video.currentTime, last); });
}
)js";
}

}  // namespace fer::report

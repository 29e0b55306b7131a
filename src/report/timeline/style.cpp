#include "report/timeline/assets.hpp"

namespace fer::report {

std::string_view timelineStyle() {
  // --calm is for neutral, which most faces are most of the time: a colour that leaves the others the stage. --at is
  // where the reader looks, --step how far apart the axis' ticks are.
  return R"css(:root{--calm:#8a949f;--faces:#5b7fa3}
@media screen and (prefers-color-scheme:dark){:root{--calm:#6b7784;--faces:#6f93b8}}
[hidden]{display:none!important}
h1{overflow-wrap:anywhere}
header p{max-width:none}
.source{margin:18px 0}
.source>h2{margin-top:0;overflow-wrap:anywhere}
svg.bar{display:block;width:100%;height:22px;border-radius:4px;background:var(--same)}
.classes{list-style:none;margin:8px 0 14px;padding:0;display:flex;flex-wrap:wrap;gap:4px 18px;font-size:.92rem;font-variant-numeric:tabular-nums}
.classes b{font-weight:600}
.classes li,.reading{color:var(--muted)}
.classes b,.reading b{color:var(--ink)}
i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;vertical-align:-1px}
video{display:block;width:100%;aspect-ratio:16/9;background:#000;border-radius:6px}
@media screen and (min-width:641px){.film{display:grid;grid-template-columns:minmax(0,1fr) min(440px,42%);gap:24px}
.film .classes{display:grid;gap:3px}
.film .classes b{display:inline-block;min-width:5.6em}}
.reading{position:sticky;top:0;z-index:2;max-width:none;margin:6px 0 0;padding:6px 0;background:var(--card);font-variant-numeric:tabular-nums;min-height:2.25em}
.row{display:grid;grid-template-columns:8.5rem minmax(0,1fr) 9.5rem;gap:0 12px;align-items:center;padding:3px 0}
.row small{display:block;color:var(--muted);font-size:.8rem;font-variant-numeric:tabular-nums}
.name b{font-weight:600;font-size:.92rem}
.share .bar{height:8px;border-radius:2px}
.lane{position:relative;height:44px;background:linear-gradient(to right,var(--line) 1px,transparent 1px) 0 0/var(--step) 100%,var(--same);border-radius:4px;overflow:hidden;touch-action:pan-y}
.faces .lane{height:30px}
.lane svg{display:block;width:100%;height:100%}
.lane[tabindex]{cursor:crosshair}
.lane:focus-visible{outline:3px solid var(--link);outline-offset:1px}
.lanes.read .lane::after{content:"";position:absolute;top:0;bottom:0;left:var(--at);width:2px;margin-left:-1px;background:var(--ink)}
.axis{position:relative;height:1.4em;font-size:.8rem;color:var(--muted);font-variant-numeric:tabular-nums}
.axis span{position:absolute;transform:translateX(-50%)}
.axis span:first-child{transform:none}
.thumbs{display:flex;gap:3px;margin-top:2px}
.thumbs img{height:32px;border-radius:3px}
footer{margin-top:24px}
@media screen and (max-width:640px){.source{padding:10px}
.reading{min-height:3.75em}
.row{grid-template-columns:minmax(0,1fr) auto;padding:5px 0}
.row>.lane,.row>.axis{grid-column:1/3;grid-row:2}
.name{display:flex;gap:8px;align-items:baseline}
.share small{text-align:right}.share .bar{display:none}
.thumbs{align-self:center}
.axis span:nth-child(even){display:none}}
@media print{.reading,video,.lost{display:none}.lanes.read .lane::after{content:none}.row{break-inside:avoid}}
)css";
}

}  // namespace fer::report

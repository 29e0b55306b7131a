#include "report/page/style.hpp"

namespace fer::report {

std::string_view pageStyle() {
  // --s0 to --s6: Okabe and Ito's colour-blind safe palette ("Color universal design", 2008) without its yellow, which
  // vanishes on white; lighter in the dark.
  return R"css(:root{color-scheme:light dark;--ground:#f6f7f9;--card:#ffffff;--ink:#1b2733;--muted:#52606d;--line:#dde2e8;
--link:#005a94;--real:#d8e9f5;--real-ink:#0b2e47;--same:#f2f3f5;--best:#e3f4ec;
--s0:#0072b2;--s1:#d55e00;--s2:#009e73;--s3:#b8578f;--s4:#c98a00;--s5:#56b4e9;--s6:#4a4a4a}
@media screen and (prefers-color-scheme:dark){:root{--ground:#12171d;--card:#1a2129;--ink:#e6eaee;--muted:#a4b1bd;--line:#343e49;
--link:#7cc3f5;--real:#15405e;--real-ink:#dff0fb;--same:#232b34;--best:#173a2e;
--s0:#4aa8e0;--s1:#f0813a;--s2:#2fc79a;--s3:#e08cbc;--s4:#f0b429;--s5:#8fd0f7;--s6:#c9d1d9}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main,footer{max-width:1360px;margin:0 auto;padding:0 16px}
header{padding-top:28px}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem}
h3{font-size:1.02rem;margin:1.2rem 0 .3rem}
p{max-width:75ch;margin:.4rem 0}
a{color:var(--link)}
.lead{font-size:1.12rem}
.note{color:var(--muted);font-size:.9rem}
.warn{border-left:4px solid var(--s1);padding:.2rem .9rem;background:var(--card)}
nav{margin:.9rem 0;font-size:.92rem}
nav a{display:inline-block;margin:0 .9rem .2rem 0}
section>.card,.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
.scroll>table{min-width:100%}
th,td{padding:6px 8px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;white-space:nowrap}
tr:last-child>*{border-bottom:0}
thead th{font-weight:600;color:var(--muted);vertical-align:bottom;white-space:normal}
td.n,th.n{text-align:right}
tbody th{font-weight:600;position:sticky;left:0;background:var(--card);z-index:1}
td small{display:block;color:var(--muted);font-size:.78rem}
td.best{background:var(--best)}
td.wide{white-space:normal;min-width:16rem;overflow-wrap:anywhere}
table.grid th,table.grid td{text-align:center;padding:5px 8px}
table.grid tbody th{text-align:left}
td.real{background:var(--real);color:var(--real-ink);font-weight:600}
td.real small{font-weight:400}
td.same{background:var(--same)}
td.self{color:var(--muted)}
.heat{display:inline-block;min-width:3.2em;padding:2px 6px;border-radius:4px}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:14px}
.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr))}
figure{margin:0;min-width:0}
figcaption{font-weight:600;font-size:.92rem;margin-bottom:4px}
figcaption small{font-weight:400;color:var(--muted)}
.small figure{display:flex;flex-direction:column}
.small figcaption{flex:1}
svg.plot{display:block;width:100%;height:auto;margin:0 auto;color:var(--ink);font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.legend{list-style:none;margin:0 0 10px;padding:0;display:flex;flex-wrap:wrap;gap:2px 16px;font-size:.9rem}
.legend svg{width:30px;height:12px;vertical-align:middle;margin-right:6px}
.faces{display:grid;grid-template-columns:repeat(auto-fill,minmax(108px,1fr));gap:10px 6px;margin:8px 0}
.face{width:108px;font-size:.76rem;line-height:1.25}
.face i{display:block;width:96px;image-rendering:pixelated;background-repeat:no-repeat;border-radius:3px}
.face b{font-weight:600}
.face span{color:var(--muted);white-space:nowrap;font-size:.7rem}
.sheets{grid-template-columns:repeat(auto-fit,minmax(min(100%,560px),1fr))}
img.sheet{max-width:100%;height:auto}
details{margin:.5rem 0}
summary{cursor:pointer;font-weight:600}
footer{padding-bottom:40px}
footer li,main li{max-width:75ch}
@media screen and (max-width:640px){tbody th{white-space:normal}}
)css";
}

}  // namespace fer::report

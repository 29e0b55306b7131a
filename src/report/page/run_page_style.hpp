#pragma once

namespace fer::report {

/// The style sheet of report.html. Paper is light, tears no curve and no row, and shows the folded config;
/// ::details-content does that without a script where the browser knows it (Chromium 131, Safari 18.4, Firefox 143).
constexpr const char* kRunPageStyle = R"css(
:root { color-scheme: light dark; --paper: #f5f7fa; --card: #ffffff; --ink: #1f2933; --quiet: #52606d; --line: #dde2e8;
  --accent: #2171b5; --best: #e8f1fa; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #12161b; --card: #1b2128; --ink: #e4e7eb; --quiet: #9aa5b1; --line: #323c47; --accent: #6baed6;
    --best: #1d3347; }
  figure svg { filter: invert(.9) hue-rotate(180deg); }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 20px 16px 48px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 Helvetica, Arial, 'DejaVu Sans', sans-serif; }
h1 { font-size: 1.6em; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1em; margin: 28px 0 8px; }
p { margin: 4px 0; color: var(--quiet); }
progress { width: 100%; height: 10px; margin-top: 10px; accent-color: var(--accent); }
.tiles, .curves { display: grid; gap: 12px; }
.tiles { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); margin-top: 16px; }
.curves { grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); }
.tiles div, figure, .table, details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.tiles div { padding: 10px 14px; font-size: .85em; color: var(--quiet); }
.tiles b { display: block; font-size: 1.5em; line-height: 1.3; color: var(--ink); }
figure { margin: 0; overflow: hidden; }
figure svg { display: block; width: 100%; height: auto; }
.table { overflow: auto; max-height: 460px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9em; }
th, td { padding: 5px 14px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
th { position: sticky; top: 0; z-index: 1; background: var(--card); color: var(--quiet); font-weight: normal;
  white-space: normal; vertical-align: bottom; }
th:first-child, td:first-child { position: sticky; left: 0; background: var(--card); }
th:first-child { z-index: 2; }
tr.best td { background: var(--best); font-weight: bold; }
details { padding: 8px 14px; margin-top: 28px; }
summary { cursor: pointer; }
pre { overflow-x: auto; font-size: .85em; }
@media print {
  @page { size: A4; margin: 14mm; }
  :root { color-scheme: light; --paper: #ffffff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h1, h2, summary { break-after: avoid; }
  .tiles, figure, tr { break-inside: avoid; }
  .curves { grid-template-columns: 1fr 1fr; }
  .table, details { border: 0; padding: 0; overflow: visible; max-height: none; }
  th, th:first-child, td:first-child { position: static; }
  th, td { padding: 3px 10px; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  summary { list-style: none; font-weight: bold; }
}
@media print { details::details-content { content-visibility: visible; } }
)css";

}  // namespace fer::report

#include "report/page/style.hpp"

namespace fer::report {

std::string_view printStyle() {
  // A figure, a sheet of faces, a row and a table of up to 20 rows stay whole; a longer table goes on under its head
  // again. A matrix, which is read across and down, stays whole at any size.
  //
  // --columns makes the type of a wide table as small as its columns need: between the margins are 273 mm, the names of
  // runs take as much as 5 columns, and the widest cell, "p < 0.001" below a difference, takes 5.6 em.
  //
  // What is folded on the screen is printed. ::details-content does that without a script (Chromium 131, Safari 18.4,
  // Firefox 143); an older browser prints what its reader has unfolded. The last rules stand alone because a browser
  // drops a rule whole for one selector that it does not know.
  return R"css(@media print{
@page{size:A4 landscape;margin:12mm}
:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#000;--muted:#444;--line:#ccc;--link:#000;--real-ink:#000}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
html,body{font-size:10pt}
header,main{max-width:none;padding:0}
nav{display:none}
h2{margin-top:8mm}
h1,h2,h3,h2+p,h3+p,summary,figcaption,.legend{break-after:avoid}
p,li,tr,figure,.legend,.scroll,.face,.faces{break-inside:avoid}
.note{break-before:avoid}
.scroll,.card,section>.card{overflow:visible;border:0;padding:0}
table{font-size:min(7pt,273mm/(var(--columns) + 4)/5.6);line-height:1.3}
td small,tbody th small{font-size:.86em}
th,td,table.grid th,table.grid td{padding:.3em .35em}
.n+td:not(.n),.n+th:not(.n){padding-left:1.2em}
tbody th{position:static;white-space:normal;overflow-wrap:anywhere;min-width:11em}
td:not(.n,.real,.same){white-space:normal}
.heat{padding:.1em .4em}
.plots{grid-template-columns:repeat(2,105mm)}
.small{grid-template-columns:repeat(4,1fr)}
svg.plot{max-height:135mm}
.card>figure>svg.plot{width:110mm;max-height:165mm;margin:0}
.sheets{grid-template-columns:1fr 1fr}
.faces{grid-template-columns:repeat(12,1fr);gap:2mm;margin:1mm 0 4mm}
.face{width:auto;font-size:6.5pt}
.face i{width:100%}
.face span{font-size:5.5pt}
img.sheet{max-height:76mm}
summary{list-style:none;font-size:1.1em}
}
@media print{.scroll:has(tr:nth-child(20)):not(:has(.grid)){break-inside:auto}}
@media print{h2+p:has(+h3){break-after:auto}}
@media print{summary::-webkit-details-marker{display:none}}
@media print{details::details-content{content-visibility:visible}}
)css";
}

}  // namespace fer::report

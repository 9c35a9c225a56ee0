"""The page's style sheet: the colours and steps of the till, for a phone first."""

CSS = """
@font-face { font-family: Inter; font-weight: 400; src: url(/font/400.ttf); font-display: swap; }
@font-face { font-family: Inter; font-weight: 500; src: url(/font/500.ttf); font-display: swap; }
@font-face { font-family: Inter; font-weight: 600; src: url(/font/600.ttf); font-display: swap; }
:root {
  --bg: #FFFFFF; --surface: #F5F6F8; --text: #1B1F24; --muted: #57606A; --border: #818B96;
  --line-strong: #C9CED6; --line: #E3E6EA; --hover: #ECEEF2; --pressed: #DFE3E8;
  --selection: #E8F0FE; --primary: #0B57D0; --primary-hover: #0A4CB5; --primary-pressed: #083F97;
  --danger: #B3261E; --attention: #B54708;
  --wait-fg: #5C4300; --wait-bg: #FFF0BF; --paid-fg: #0F5132; --paid-bg: #D6F2E0;
  --idle-fg: #4A4F57; --idle-bg: #E6E8EB; --demo-fg: #4B2A86; --demo-bg: #EADFFB;
  --gone-fg: #8C1D18; --gone-bg: #FBDEDC; --sent-fg: #0B4A8F; --sent-bg: #D9E9FF;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--surface); color: var(--text);
  font: 400 16px/24px Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
svg { display: block; flex: none; }
a { color: var(--primary); }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; margin: 0; }
h2 { font-size: 16px; line-height: 24px; font-weight: 600; margin: 0 0 12px; }
p { margin: 0; }
.small { font-size: 14px; line-height: 20px; }
.muted { color: var(--muted); }
.strong { font-weight: 600; }
.wide { max-width: 1040px; margin: 0 auto; padding: 0 16px; }
.columns { display: grid; gap: 16px; }
header { background: var(--bg); border-bottom: 1px solid var(--line); }
header .wide { display: flex; align-items: center; justify-content: space-between; height: 56px; }
.brand { display: flex; align-items: center; gap: 8px; font-weight: 600; color: var(--text);
  text-decoration: none; min-height: 44px; }
.brand svg { color: var(--primary); }
.chip { display: inline-flex; align-items: center; gap: 4px; height: 24px; padding: 0 8px 0 6px;
  border-radius: 6px; font-size: 12px; font-weight: 600; white-space: nowrap; }
.chip.demo { background: var(--demo-bg); color: var(--demo-fg); }
.chip.paid { background: var(--paid-bg); color: var(--paid-fg); }
.chip.wait { background: var(--wait-bg); color: var(--wait-fg); }
.chip.idle { background: var(--idle-bg); color: var(--idle-fg); }
.chip.gone { background: var(--gone-bg); color: var(--gone-fg); }
.chip.sent { background: var(--sent-bg); color: var(--sent-fg); }
.strip { background: var(--wait-bg); color: var(--wait-fg); font-size: 14px; line-height: 20px; }
.strip .wide { display: flex; gap: 8px; align-items: center; padding-top: 8px; padding-bottom: 8px; }
main.wide { padding-top: 20px; padding-bottom: 32px; }
main > * + * { margin-top: 16px; }
body.has-bar main.wide { padding-bottom: 200px; }
.said { display: flex; gap: 8px; align-items: flex-start; background: var(--wait-bg); color: var(--wait-fg);
  border-radius: 8px; padding: 12px 16px; font-size: 14px; line-height: 20px; }
.grid { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(164px, 1fr));
  list-style: none; padding: 0; }
.card { background: var(--bg); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
.grid .card { display: flex; flex-direction: column; }
.grid form { margin-top: auto; }
.picture { height: 112px; border-radius: 6px; background: var(--selection); color: var(--primary);
  display: grid; place-items: center; }
.card.none .picture { background: var(--hover); color: var(--muted); }
.name { font-size: 15px; line-height: 20px; margin-top: 8px; }
.price { display: flex; align-items: baseline; justify-content: space-between; gap: 0 8px;
  flex-wrap: wrap; margin-bottom: 8px; }
.left { font-size: 13px; line-height: 20px; color: var(--muted); white-space: nowrap; }
.left.low { color: var(--attention); font-weight: 600; }
button, .button { font: 500 16px/24px inherit; font-family: inherit; font-size: 16px; font-weight: 500;
  min-height: 44px; padding: 8px 16px; border-radius: 6px; border: 1px solid var(--line-strong);
  background: var(--bg); color: var(--text); cursor: pointer; text-decoration: none;
  display: inline-flex; align-items: center; justify-content: center; gap: 8px; text-align: center; }
button:hover, .button:hover { background: var(--hover); }
button:active { background: var(--pressed); }
button.primary, .button.primary { background: var(--primary); border-color: var(--primary); color: #FFFFFF; }
button.primary:hover, .button.primary:hover { background: var(--primary-hover); }
button.primary:active { background: var(--primary-pressed); }
button:disabled { background: var(--surface); border-color: var(--line); color: #8A929C; cursor: default; }
button.full, .button.full { width: 100%; }
button.round { width: 44px; padding: 0; }
:focus-visible { outline: 2px solid var(--primary); outline-offset: 2px; }
select, input[type=text], input[type=tel] { font: inherit; width: 100%; height: 44px; padding: 0 10px;
  border: 1px solid var(--border); border-radius: 6px; background: var(--bg); color: var(--text); }
select { font-size: 14px; margin-bottom: 8px; }
label.field { display: block; font-size: 14px; font-weight: 500; }
label.field input { margin-top: 4px; font-weight: 400; }
.below { display: block; }
.stack { display: grid; gap: 16px; }
.two { display: grid; gap: 12px; grid-template-columns: 1fr 1fr; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: 8px; }
.choices { display: grid; gap: 8px; }
.choice { display: flex; gap: 12px; align-items: flex-start; padding: 11px 12px; cursor: pointer;
  border: 1px solid var(--line-strong); border-radius: 6px; background: var(--bg); }
.choice:has(input:checked) { border-color: var(--primary); background: var(--selection);
  box-shadow: inset 0 0 0 1px var(--primary); }
.choice input { width: 18px; height: 18px; margin: 3px 0 0; accent-color: var(--primary); flex: none; }
.choice .grow { flex: 1; min-width: 0; }
.choice b, .deed b { display: block; font-weight: 500; }
.choice span span, .deed span span { display: block; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows li { display: flex; align-items: center; gap: 12px; padding: 8px 0; border-top: 1px solid var(--line); }
.rows li:first-child { border-top: 0; }
.rows .grow { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.rows .stepper + .end { min-width: 92px; }
.rows .end { text-align: right; white-space: nowrap; }
.sum { border-top: 1px solid var(--line-strong); padding-top: 8px; display: flex; justify-content: space-between;
  align-items: baseline; gap: 12px; font-weight: 600; font-size: 20px; line-height: 28px; }
.stepper { display: flex; align-items: center; gap: 4px; }
.stepper span { min-width: 24px; text-align: center; }
.deed { display: flex; gap: 12px; align-items: center; justify-content: space-between; }
.deed button { flex: none; min-width: 132px; }
.bar { position: fixed; left: 0; right: 0; bottom: 0; background: var(--bg); border-top: 1px solid var(--line-strong);
  padding: 12px 0 calc(12px + env(safe-area-inset-bottom)); }
.bar .line { display: flex; justify-content: space-between; align-items: center; gap: 12px; margin-bottom: 8px; }
.bar a { white-space: nowrap; }
.bar .total { font-size: 24px; line-height: 32px; font-weight: 600; white-space: nowrap; }
.bar .what { min-width: 0; font-size: 15px; line-height: 20px; display: -webkit-box; -webkit-line-clamp: 2;
  -webkit-box-orient: vertical; overflow: hidden; }
.head { display: flex; gap: 12px; align-items: center; justify-content: space-between; flex-wrap: wrap; }
@media (min-width: 720px) {
  .grid { grid-template-columns: repeat(auto-fill, minmax(196px, 1fr)); gap: 16px; }
  .bar .wide { display: flex; align-items: center; gap: 24px; }
  .bar .line { flex: 1; margin: 0; min-width: 0; }
  .bar .two { width: 400px; }
  body.has-bar main.wide { padding-bottom: 128px; }
}
@media (min-width: 900px) {
  .columns { grid-template-columns: 1fr 1fr; align-items: start; }
}
@media (max-width: 420px) {
  .deed { flex-direction: column; align-items: stretch; }
}
"""

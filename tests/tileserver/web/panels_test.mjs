// The planner's panels in a browser: the table, a quarter's sheet, the search box, the swipe, sharing and embedding.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { asked, coloursAround, drawn, ended, hasFill, opened, parameter, picture, placeOf, screenPlace, site, textOf, withLanding } from "./planner_page.mjs";

const codes = (page) => page.locator("#quarter-list [data-code]").evaluateAll((all) => all.map((one) => one.dataset.code));
const items = async () => (await asked("collections/2014.quarters/items?limit=1000")).features.map(({ properties }) => properties);

test("the table sorts by a column's button, says so, and keeps it in the address", async () => {
  const visit = await opened();
  const { page } = visit;
  const quarters = await items();
  await page.click("[data-column=population]");
  const falling = [...quarters].sort((a, b) => b.population - a.population).map(({ code }) => code);
  assert.deepEqual(await codes(page), falling);
  assert.equal(await page.locator("th:has([data-column=population])").getAttribute("aria-sort"), "descending");
  assert.equal(await page.locator("th[aria-sort=ascending], th[aria-sort=descending]").count(), 1);
  assert.equal(parameter(page, "sort"), "-population");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.column), "population", "the focus stays on the button");
  await page.keyboard.press("Enter");
  assert.deepEqual(await codes(page), falling.reverse());
  await picture(page, "table-sorted");
  await ended(visit);
  const again = await opened("?sort=-score_urban");
  const byScore = quarters.filter((one) => one.score_urban !== null).sort((a, b) => b.score_urban - a.score_urban);
  assert.equal((await codes(again.page))[0], byScore[0].code);
  await ended(again);
});

test("the table says of each quarter what its item says", async () => {
  const visit = await opened();
  const { page } = visit;
  const [quarter] = (await items()).filter(({ code }) => code === "montreynaud");
  const line = await textOf(page, "tr[data-row=montreynaud]");
  const number = (value, digits) => new Intl.NumberFormat("fr-FR", { maximumFractionDigits: digits }).format(value).replace(/\s/g, " ");
  for (const part of ["Montreynaud", "Saint-Étienne", "P1", "Priorité 1", number(quarter.score_social, 1), number(quarter.score_urban, 1), number(quarter.population, 0)])
    assert.ok(line.includes(part), `${part} in ${line}`);
  await ended(visit);
});

test("words filter the table without case and accents, and say how many are left", async () => {
  const visit = await opened();
  const { page } = visit;
  await page.fill("#find", "cret DE roc");
  assert.deepEqual(await codes(page), (await items()).filter(({ name }) => /crêt de roc/i.test(name)).map(({ code }) => code));
  assert.equal(await textOf(page, "#table-count"), "1 quartier");
  await ended(visit);
});

test("the table's CSV has the rows shown, in their order, as a French spreadsheet reads them", async () => {
  const visit = await opened("?tiers=priority_1&sort=-population");
  const { page } = visit;
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#table-csv")]);
  const text = await readFile(await download.path(), "utf8");
  const lines = text.trimEnd().split("\r\n");
  const expected = (await items()).filter(({ tier }) => tier === "priority_1").sort((a, b) => b.population - a.population);
  assert.equal(text.charCodeAt(0), 0xfeff);
  assert.match(lines[0], /^\uFEFF?code;Quartier;Commune;/);
  assert.deepEqual(lines.slice(1).map((line) => line.split(";")[0]), expected.map(({ code }) => code));
  assert.ok(lines[1].includes(String(expected[0].score_social).replace(".", ",")), lines[1]);
  await ended(visit);
});

test("a row points at its quarter on the map, and a quarter on the map at its row", async () => {
  const labels = (await asked("collections/2014.labels/items?limit=1000")).features;
  const [longitude, latitude] = labels.find(({ properties }) => properties.code === "montreynaud").geometry.coordinates;
  const visit = await opened(`?view=13.50/${latitude}/${longitude}`);
  const { page } = visit;
  const place = await placeOf(page, "montreynaud");
  await page.mouse.move(place.x, place.y);
  await page.waitForSelector("tr[data-row=montreynaud].pointed");
  await page.mouse.move(place.x - 400, place.y);
  await page.focus("#quarter-list [data-code=montreynaud]");
  await drawn(page);
  // Raised by the style's feature state: a casing of white and a black line around the quarter.
  const black = (await coloursAround(page, place, 120)).some(([red, green, blue]) => red < 16 && green < 16 && blue < 16);
  assert.ok(black, "no raised outline around Montreynaud");
  await picture(page, "linked-row");
  await ended(visit);
});

test("a sheet has the scores, every indicator beside its reference, the rule in words and the decisions", async () => {
  const visit = await opened("?quarter=solaure");
  const { page } = visit;
  await page.waitForSelector("#quarter:not([hidden])");
  const document = await asked("editions/2014/quarters/solaure");
  const { axes, condition } = document.explanation;
  const sheet = await textOf(page, "#quarter");
  const french = (value) => String(value).replace(".", ",");
  for (const axis of axes) assert.ok(sheet.includes(`${french(axis.score)} sur 100`), `score of ${axis.id}`);
  const indicators = axes.flatMap((axis) => axis.indicators);
  assert.equal(await page.locator("#quarter table.indicators tbody tr").count(), indicators.length);
  const plots = await page.locator("#quarter svg.plot").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  assert.equal(plots.length, indicators.length);
  // By hand: unemployment is 18.9 where the reference is 13, so 45 % worse.
  assert.ok(plots.map((text) => text.replace(/\s/g, " ")).includes("plus défavorable que la référence de 45 %"), plots.join(" | "));
  const words = await textOf(page, "#condition-words");
  assert.match(words, /score urbain d’au moins 50 \(high\) ou score social d’au moins 25 \(moderate\)/);
  assert.match(words, /quartier déjà retenu dans l’édition précédente/);
  assert.equal(await page.textContent("#quarter details code"), condition);
  assert.match(sheet, /Niveau adopté.*Niveau calculé/);
  for (const decision of document.decisions) assert.ok(sheet.includes(decision.why), decision.why);
  const alternatives = await page.locator("#alternatives li").allTextContents();
  assert.ok(document.alternatives.length > 0, "one step would change this quarter's tier");
  assert.equal(alternatives.length, document.alternatives.length);
  for (const [place, { from, to }] of document.alternatives.entries()) {
    const number = (value) => new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 }).format(value).replace(/\s/g, " ");
    const told = alternatives[place].replace(/\s/g, " ");
    assert.ok(told.includes(`passait de ${number(from)} à ${number(to)}`), told);
  }
  for (const one of document.neighbours) assert.ok(sheet.includes(one.name), `neighbour ${one.name}`);
  await page.locator("#quarter").evaluate((panel) => panel.scrollTo(0, 430));
  await picture(page, "sheet-reasons");
  await page.locator("#quarter").evaluate((panel) => panel.scrollTo(0, 900));
  await picture(page, "sheet-indicators");
  await page.locator("#quarter").evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
  await picture(page, "sheet-end");
  await ended(visit);
});

test("every link of a sheet leads to that quarter's data", async () => {
  const visit = await opened("?quarter=montreynaud");
  const { page } = visit;
  await page.waitForSelector("#quarter-data");
  const links = await page.locator("#quarter-data a").evaluateAll((all) => all.map((one) => one.href));
  assert.equal(links.length, 5);
  for (const link of links) {
    const answer = await fetch(link);
    assert.equal(answer.status, 200, link);
  }
  const { features } = await (await fetch(links.find((link) => link.includes(".geojson")))).json();
  assert.deepEqual(features.map(({ id }) => id), ["montreynaud"]);
  await ended(visit);
});

test("the search box finds a quarter by its beginning, by a slip, and is worked by keys alone", async () => {
  const visit = await opened();
  const { page } = visit;
  const box = page.locator("#search-words");
  await box.focus();
  await page.keyboard.type("montre");
  await page.waitForSelector("#search-list [role=option]");
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await box.getAttribute("aria-activedescendant");
  assert.equal(await page.getAttribute(`#${active}`, "aria-selected"), "true");
  await picture(page, "search");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#quarter:not([hidden])");
  assert.equal(await page.textContent("#quarter-title"), "Montreynaud");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  await box.fill("montrenaud");
  await page.waitForFunction(() => document.querySelector("#search-list [role=option] .name")?.textContent === "Montreynaud");
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#search-list"));
  await ended(visit);
});

test("a commune that is searched for is framed and filtered; what does not exist is told", async () => {
  const visit = await opened();
  const { page } = visit;
  await page.fill("#search-words", "rive de");
  await page.waitForSelector("#search-list [role=option] .kind");
  await page.locator("#search-list [role=option]", { hasText: "commune" }).first().click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get("commune") === "42186");
  await page.fill("#search-words", "xyzzyx");
  await page.waitForFunction(() => /Rien ne correspond/.test(document.querySelector("#search-list")?.textContent ?? ""));
  await ended(visit);
});

test("where the atlas has addresses, the search box has those of the server, and goes there", async () => {
  const prepare = async (page) => {
    await withLanding({ addresses: true })(page);
    const results = [{ kind: "address", code: null, label: "1 Rue de la Résistance, Saint-Étienne", lon: 4.3872, lat: 45.4389, confidence: 0.9 }];
    await page.route("**/search?*", (route) => route.fulfill({ json: { results } }));
  };
  const visit = await opened("", { prepare });
  const { page } = visit;
  await page.fill("#search-words", "1 rue de la resistance");
  await page.locator("#search-list [role=option]", { hasText: "adresse" }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get("view") === "16.00/45.43890/4.38720");
  await ended(visit);
});

test("an operator's backdrop is off until it is switched on, and is then in the address", async () => {
  // Any picture of this server will do as a tile.
  const raster = `${site.server.origin}/sprites/tiers@2x.png?at={z}-{x}-{y}`;
  const asked = [];
  const prepare = async (page) => {
    await withLanding({ basemap: { raster, attribution: "Fond d’essai" } })(page);
    page.on("request", (request) => request.url().includes("?at=") && asked.push(request.url()));
  };
  const visit = await opened("", { prepare });
  const { page } = visit;
  assert.ok(!(await page.isChecked("#backdrop")));
  assert.deepEqual(asked, []);
  await page.check("#backdrop");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("backdrop") === "1");
  await page.waitForFunction(() => document.querySelector(".maplibregl-ctrl-attrib-inner")?.textContent.includes("Fond d’essai"));
  await drawn(page);
  assert.ok(asked.length > 0, "no tile of the backdrop was asked for");
  await picture(page, "backdrop");
  await page.goBack();
  await page.waitForSelector("#backdrop:not(:checked)");
  await ended(visit);
});

test("two editions side by side: each side in its own edition, the slider by pointer and keys", async () => {
  const visit = await opened("?beside=2007&view=13.00/45.43500/4.39000");
  const { page } = visit;
  await page.waitForSelector("#map-beside[data-drawn='true']", { timeout: 60_000 });
  await drawn(page);
  await picture(page, "swipe");
  const slider = page.locator("#swipe");
  assert.match(await slider.getAttribute("aria-valuetext"), /50 % à Géographie prioritaire 2007/);
  assert.match(await page.textContent(".swipe-name.on-right"), /Document de travail/);
  // A quarter whose tier differs from one edition to the other, as the two collections say.
  const tierIn = async (edition) => Object.fromEntries((await asked(`collections/${edition}.labels/items?limit=1000`)).features.map(({ properties }) => [properties.code, properties.tier]));
  const [then, now] = [await tierIn("2007"), await tierIn("2014")];
  const fills = Object.fromEntries((await asked("editions/2014")).tiers.map(({ code, fill }) => [code, fill]));
  const code = Object.keys(now).find((one) => then[one] !== undefined && then[one] !== now[one] && fills[then[one]] && fills[now[one]] && fills[then[one]] !== "#FFFFFF" && fills[now[one]] !== "#FFFFFF");
  assert.ok(code, "a quarter that changed its tier");
  const document = await asked(`collections/2014.labels/items?limit=1000`);
  const [longitude, latitude] = document.features.find(({ properties }) => properties.code === code).geometry.coordinates;
  await ended(visit);
  const close = await opened(`?beside=2007&view=14.50/${latitude}/${longitude}`);
  const other = close.page;
  await other.waitForSelector("#map-beside[data-drawn='true']", { timeout: 60_000 });
  const place = await placeOf(other, code);
  const shows = async (tier) => hasFill(await coloursAround(other, { x: place.x, y: place.y + 12 }, 24), fills[tier]);
  await other.focus("#swipe");
  await other.keyboard.press("End");
  assert.ok(await shows(then[code]), `${code} in 2007 is ${then[code]}`);
  await other.keyboard.press("Home");
  assert.ok(await shows(now[code]), `${code} in 2014 is ${now[code]}`);
  await other.selectOption("#beside", "");
  await other.waitForSelector("#swipe", { state: "hidden" });
  assert.equal(parameter(other, "beside"), null);
  await ended(close);
});

test("the two maps move in step", async () => {
  const visit = await opened("?beside=2007&view=13.00/45.43000/4.39000");
  const { page } = visit;
  await page.waitForSelector("#map-beside[data-drawn='true']", { timeout: 60_000 });
  await page.locator("#map canvas.maplibregl-canvas").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => !new URL(location.href).searchParams.get("view").startsWith("13.00/45.43000/4.39000"));
  await page.waitForSelector("#map-beside[data-drawn='true']", { timeout: 60_000 });
  await drawn(page);
  // Where three communes meet, the same lines are in both editions: the vertex nearest to the middle of the map.
  const [, latitude, longitude] = parameter(page, "view").split("/").map(Number);
  const { features } = await asked("collections/communes/items?limit=1000");
  const vertices = features.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2));
  const far = ([x, y]) => Math.hypot((x - longitude) * Math.cos((latitude * Math.PI) / 180), y - latitude);
  const nearest = vertices.reduce((best, one) => (far(one) < far(best) ? one : best));
  const place = await screenPlace(page, nearest);
  const onBorder = ([red, green, blue]) => Math.abs(red - 154) < 25 && Math.abs(green - 161) < 25 && Math.abs(blue - 171) < 25;
  const seesBorder = async () => (await coloursAround(page, place, 4)).some(onBorder);
  await page.focus("#swipe");
  await page.keyboard.press("Home");
  assert.ok(await seesBorder(), "the communes' border in the edition shown");
  await page.keyboard.press("End");
  assert.ok(await seesBorder(), "the communes' border at the same place in the one beside it");
  await ended(visit);
});

test("what is shown is shared by its address, framed for another site, and downloaded in every format", async () => {
  const visit = await opened("?tiers=priority_1,watch&commune=42218&quarter=montreynaud");
  const { page } = visit;
  await page.waitForSelector("#quarter:not([hidden])");
  await page.click("#open-share");
  await page.waitForSelector("#sharing[open]");
  await picture(page, "sharing");
  const shared = new URL(await page.inputValue("#share-link"));
  assert.equal(shared.searchParams.get("quarter"), "montreynaud");
  assert.equal(shared.searchParams.get("commune"), "42218");
  const frame = await page.inputValue("#share-frame");
  assert.match(frame, /^<iframe src="http:[^"]*embed=1[^"]*" width="900"/);
  const links = await page.locator("#sharing .downloads a").evaluateAll((all) => all.map((one) => one.href));
  const layers = new Set(links.map((link) => new URL(link).pathname.replace(/\.(gpkg|geojsonl?|csv|ods|shp\.zip|kml|fgb)$/, "")));
  assert.equal(links.length, layers.size * 8);
  const ofQuarters = links.filter((link) => link.includes("/2014.quarters."));
  for (const link of ofQuarters) assert.equal((await fetch(link)).status, 200, link);
  const { features } = await (await fetch(ofQuarters.find((link) => link.includes(".geojson?")))).json();
  const wanted = (await items()).filter(({ tier, communes }) => ["priority_1", "watch"].includes(tier) && communes.split(";").includes("42218"));
  assert.deepEqual(features.map(({ id }) => id).sort(), wanted.map(({ code }) => code).sort());
  await page.keyboard.press("Escape");
  await page.waitForSelector("#sharing:not([open])", { state: "attached" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "open-share", "the focus comes back");
  await ended(visit);
});

test("embedded, there is the map and its legend alone, and that it is a working document", async () => {
  const { page, faults } = await opened("?embed=1", { viewport: { width: 900, height: 600 } });
  for (const gone of ["#search", "#open-share", "#timeline", "#quarter-list"]) assert.ok(await page.isHidden(gone), gone);
  for (const there of ["#map", "#legend", "#banner"]) assert.ok(await page.isVisible(there), there);
  await picture(page, "embedded");
  await ended({ page, faults });
  const policy = (await fetch(`${site.server.origin}/?embed=1`, { headers: { Accept: "text/html" } })).headers.get("content-security-policy");
  assert.doesNotMatch(policy, /unsafe-inline/);
});

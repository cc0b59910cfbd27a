// Drives the server's page in a real Chromium: node .ci/page.mjs URL FOLDER
// URL is a server started with --demo, or a Worker with such an object and dataset; beside the object lie another of the
// same schema, path/to/other.parquet, and that of hostile.mjs. FOLDER has playwright-core and axe-core in
// its node_modules and gets the pictures.
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { HOSTILE_COLUMN, HOSTILE_KEY } from "./hostile.mjs";

const [url, folder] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core");
const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .find(path => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"] });
const desktop = { width: 1200, height: 900 };
const phone = { width: 360, height: 740 };
let wrong = 0;

function check(name, holds, found = "") {
    console.log(`${holds ? "ok" : "not ok"} ${name}${holds ? "" : ": " + JSON.stringify(found)}`);
    wrong += holds ? 0 : 1;
}

/** A page of its own, watched for errors and for requests to anybody else. */
async function open(look, path = "") {
    // What looks into the page is not the page's: only without it does its policy count.
    const context = await browser.newContext({ bypassCSP: true, locale: "en", ...look });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    page.on("pageerror", error => check("no errors in the page", false, String(error)));
    page.on("console", message => {
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) {
            check("no errors on the console", false, message.text());
        }
    });
    page.on("request", request => {
        if (!request.url().startsWith(url)) check("no other host is asked", false, request.url());
    });
    await page.goto(url + "/" + path);
    await page.getByText("connected").waitFor();
    return page;
}

/** A picture, and what a machine can say about who can use it. */
async function look(page, name) {
    await page.screenshot({ path: join(folder, name + ".png"), fullPage: true });
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => window.axe.run());
    check(`${name}: nothing for axe to say`, violations.length === 0,
        violations.map(each => [each.id, each.nodes.map(node => node.target.join(" ")).slice(0, 3)]));
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    check(`${name}: as wide as the window`, width[0] <= width[1], width);
    const cut = await page.locator(".scroll").evaluateAll(all => all.filter(e => e.scrollWidth > e.clientWidth).length);
    check(`${name}: no table is cut off`, cut === 0);
}

const focused = page => page.evaluate(() => {
    const element = document.activeElement;
    return (element.getAttribute("aria-label") || element.textContent || element.id).trim();
});

/** Presses Tab until something has the focus, which must be seen there. */
async function tabTo(page, wanted) {
    for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        if (await focused(page) === wanted) {
            const seen = await page.evaluate(() => {
                const style = getComputedStyle(document.activeElement);
                const box = document.activeElement.getBoundingClientRect();
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                    // Scrolling stops at whole pixels.
                    && box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= 0
                    || `${style.outlineStyle} ${style.outlineWidth} ${box.top} ${box.bottom} ${innerHeight}`;
            });
            check(`the focus on ${wanted} is seen`, seen === true, seen);
            return true;
        }
    }
    check(`Tab comes to ${wanted}`, false, await focused(page));
    return false;
}

async function post(path, body) {
    const response = await fetch(url + path, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return response.json();
}

// The lists, and a plan with the mouse.
let page = await open({ viewport: desktop, colorScheme: "light" });
await page.getByText("path/to/file.parquet").first().waitFor();
check("the dataset is flagged", await page.getByText("flagged").isVisible());
await look(page, "lists-light");
await page.getByRole("button", { name: "Plan uuid" }).click();
await page.getByText("After, as planned").waitFor();
check("the plan is drawn", await page.locator("#plan-result svg rect").count() > 10);
check("it can be started from there", await page.getByRole("button", { name: "Compact it so" }).isVisible());
const map = page.locator("#plan-chunks .map").first();
await map.waitFor();
const cells = await map.locator("td").count();
check("the column chunks are drawn", cells === 100 * await map.locator("tbody tr").count() && cells > 100, cells);
await look(page, "plan-light");
await page.getByLabel("encodings").check();
check("the map shows what is chosen", await map.getAttribute("data-show") === "encodings"
    && await map.locator("td.e2").first().evaluate(cell => getComputedStyle(cell).backgroundColor)
        !== await map.locator("td.e1").first().evaluate(cell => getComputedStyle(cell).backgroundColor));
await map.locator("tbody tr").nth(1).locator("td").nth(2).click();
await page.getByText("in row group 2:").first().waitFor();
check("the pages of a chunk are listed", await page.locator("#plan-chunks .numbers tbody tr").count() > 0);
await look(page, "chunks-light");
await page.getByLabel("Fragment under").fill("much");
await page.getByRole("button", { name: "Plan", exact: true }).click();
await page.locator("#plan-result .error").waitFor();
check("a wrong option is said", /threshold/.test(await page.locator("#plan-result .error").innerText()));
await look(page, "plan-error-light");
await page.context().close();

// The objects under a prefix by keyboard, under the page's own policy; names of foreign objects stay text.
page = await open({ viewport: desktop, colorScheme: "light", bypassCSP: false });
await tabTo(page, "scan-prefix");
await page.keyboard.type("path/to/");
await page.keyboard.press("Enter");
await page.locator(".treemap > svg > svg").nth(2).waitFor();
check("every object has its area", await page.locator(".treemap > svg > svg").count() === 3);
const listed = await page.locator("#scan-result li .name").allInnerTexts();
check("objects with most to gain come first", listed.length === 3 && listed.at(-1) === HOSTILE_KEY, listed);
await tabTo(page, "Plan " + HOSTILE_KEY);
await page.keyboard.press("Enter");
await page.locator("#plan-chunks .map").waitFor();
const shown = HOSTILE_COLUMN.replace("\u202e", "\\u202e");
check("names of columns stay text", (await page.locator("#plan-chunks tbody th").allInnerTexts()).includes(shown),
    await page.locator("#plan-chunks tbody th").allInnerTexts());
await tabTo(page, "Show pages");
await page.keyboard.press("Enter");
await page.getByText("in row group 0:").first().waitFor();
check("the pages of a chunk are asked for by keyboard", await page.locator("#plan-chunks .numbers tbody tr").count() > 0);
check("no name became an element", await page.locator("#lists img, #lists b").count() === 0);
await page.screenshot({ path: join(folder, "objects-policy.png"), fullPage: true });
await page.context().close();
for (const [name, look_] of [["light", { viewport: desktop, colorScheme: "light" }], ["dark", { viewport: desktop, colorScheme: "dark" }],
    ["phone-dark", { viewport: phone, colorScheme: "dark", hasTouch: true, isMobile: true }]]) {
    page = await open(look_);
    await page.getByRole("textbox", { name: "Prefix" }).fill("path/to/");
    await page.getByRole("button", { name: "Look through" }).click();
    await page.locator(".treemap > svg > svg").nth(2).waitFor();
    await page.locator(".treemap > svg > svg").last().click();
    await page.locator("#plan-chunks .map").waitFor();
    await page.getByRole("button", { name: "Show pages" }).click();
    await page.getByText("in row group 0:").first().waitFor();
    await look(page, `objects-${name}`);
    await page.context().close();
}

// All of it by keyboard: plan, start, watch, come back.
page = await open({ viewport: desktop, colorScheme: "light" });
await page.getByRole("button", { name: "Compact uuid" }).waitFor();
await page.keyboard.press("Tab");
check("the first stop leads past the heading", await focused(page) === "To the content", await focused(page));
await page.keyboard.press("Enter");
await tabTo(page, "plan-key");
await page.keyboard.type("path/to/file.parquet");
await page.keyboard.press("Enter");
await page.getByText("After, as planned").waitFor();
await tabTo(page, "Compact it so");
await page.keyboard.press("Enter");
await page.locator("#steps li").first().waitFor();
check("the steps are announced by name", await page.getByText("analyze-and-compact").isVisible());
await page.locator("#detail progress").waitFor();
await page.screenshot({ path: join(folder, "running-light.png"), fullPage: true });
await page.locator("#detail-sub .complete").waitFor({ timeout: 120_000 });
const steps = await page.locator("#steps li").count();
check("all steps are done", steps >= 4 && await page.locator("#steps .done").count() === steps, steps);
check("before and after are drawn", await page.locator("#detail-picture .bar").count() === 2);
check("the worth is said", await page.getByText("Saved a month").isVisible());
await look(page, "complete-light");
await tabTo(page, "← All");
await page.keyboard.press("Enter");
await page.getByText("1 complete").waitFor();
const result = page.locator("#instances li").first();
check("the list has the result", / → /.test(await result.innerText()), await result.innerText());
await page.locator("#history circle").nth(3).waitFor();
check("the run is in the history", await page.locator("#history svg g").count() === 2);
await tabTo(page, "The runs as a table");
await page.keyboard.press("Enter");
check("the history unfolds as a table", await page.locator("#history li a").isVisible());
await look(page, "history-light");
await page.context().close();

// An error with its remedy, and another try.
const errored = await post("/compact", { datasetId: "nobody", bucketKey: "path/to/file.parquet" });
page = await open({ viewport: desktop, colorScheme: "dark" });
await tabTo(page, "path/to/file.parquet");
await page.keyboard.press("Enter");
await page.locator("#detail-error .error").waitFor();
check("the address names the instance", page.url().endsWith(errored.id), page.url());
check("the error has a remedy", /What helps: ./.test(await page.locator("#detail-error").innerText()));
await look(page, "error-dark");
await tabTo(page, "Restart");
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.activeElement.textContent === "Restart"
    && !document.activeElement.disabled, undefined, { timeout: 60_000 })
    .then(() => check("the focus stays on the buttons", true))
    .catch(async () => check("the focus stays on the buttons", false, await focused(page)));
await page.context().close();

// On a phone, and in the dark.
const complete = (await (await fetch(url + "/instances?status=complete")).json()).instances[0].id;
for (const [name, path, ready] of [
    ["lists", "", "#instances a"], ["complete", "#instance/" + complete, "#detail-facts table"],
    ["error", "#instance/" + errored.id, "#detail-error .error"]]) {
    for (const colorScheme of ["light", "dark"]) {
        page = await open({ viewport: phone, colorScheme, hasTouch: true, isMobile: true }, path);
        await page.locator(ready).first().waitFor();
        await look(page, `${name}-phone-${colorScheme}`);
        await page.context().close();
    }
}
page = await open({ viewport: desktop, colorScheme: "dark" }, "#instance/" + complete);
await page.locator("#detail-facts table").waitFor();
await look(page, "complete-dark");
await page.goto(url + "/#");
await page.getByRole("button", { name: "Plan uuid" }).click();
await page.getByText("Nothing would be gained").waitFor();
check("what stays is drawn once", await page.locator("#plan-result .bar").count() === 1);
await look(page, "planned-dark");

// Merges: one of two objects, and one that need not write a new object.
const KEY = "path/to/file.parquet";
const whole = { threshold: "1GiB", targetSize: "2GiB" };
const merges = {};
for (const [name, bucketKeys, options] of [["both", [KEY, "path/to/other.parquet"], whole], ["none", [KEY], {}]]) {
    const { id } = await post("/compact", { bucketKeys, target: `merged/${name}.parquet`, options });
    merges[name] = id;
    let state = "";
    while (state !== "complete" && state !== "errored") {
        await new Promise(resolve => setTimeout(resolve, 500));
        ({ status: state } = await (await fetch(url + "/status/" + id)).json());
    }
    check(`the merge ${name} is complete`, state === "complete", state);
}
for (const [picture, look_, name] of [["merge-light", { viewport: desktop, colorScheme: "light" }, "both"],
    ["merge-phone-dark", { viewport: phone, colorScheme: "dark", hasTouch: true, isMobile: true }, "both"],
    ["merge-nothing-light", { viewport: desktop, colorScheme: "light" }, "none"]]) {
    page = await open(look_, "#instance/" + merges[name]);
    await page.getByText(name === "both" ? "merge of 2 objects" : "merge of 1 object").first().waitFor();
    await page.locator("#detail-facts > *").first().waitFor();
    check(`${picture}: the new object is listed`, (await page.getByText("New objects").count() > 0) === (name === "both"));
    await look(page, picture);
    await page.context().close();
}

await browser.close();
console.log(`${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);

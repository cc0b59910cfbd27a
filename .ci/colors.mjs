// Colors that stand side by side in the pages stay apart for people who do not see all colors: node .ci/colors.mjs
//
// Simulated by the matrices of Machado, Oliveira and Fernandes (2009) at full severity; distances are those of CIELAB (1976), in
// which some 2 is the least that anyone sees.
import { readFileSync } from "node:fs";

const LEAST_DISTANCE = 16;
const LEAST_STEP = 9; // Between shades of one scale.
const LEAST_CONTRAST = 3; // WCAG 1.4.11, beside the page's ground.
const VISION = {
    all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
    tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
};
const PAGES = {
    "service/src/main/resources/io/glulam/service/http/page/style.css": {
        apart: [["healthy", "fragment", "merged"], ["s0", "k1", "k2", "k3", "brand"], ["t0", "t1", "t2", "t3"]],
        seen: ["healthy", "fragment", "merged"], ground: "ground",
    },
    "cli/src/main/resources/io/glulam/cli/page/inspect.css": {
        apart: [["good", "bad"], ["c0", "c1", "c2", "c3"]],
        seen: ["good", "bad"], ground: "back",
    },
};

function linear(color) {
    const digits = color.length === 4 ? [...color.slice(1)].map(c => c + c).join("") : color.slice(1);
    return [0, 2, 4].map(at => parseInt(digits.slice(at, at + 2), 16) / 255)
        .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
}

const seen = (color, matrix) => [0, 3, 6].map(row =>
    Math.min(1, Math.max(0, color.reduce((sum, part, i) => sum + part * matrix[row + i], 0))));
const luminance = ([r, g, b]) => .2126 * r + .7152 * g + .0722 * b;

function lab(color) {
    const [r, g, b] = color;
    const [x, y, z] = [(.4124 * r + .3576 * g + .1805 * b) / .95047, luminance(color), (.0193 * r + .1192 * g + .9505 * b) / 1.08883]
        .map(part => part > .008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a, b) => Math.hypot(...lab(a).map((part, i) => part - lab(b)[i]));

function contrast(a, b) {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + .05) / (low + .05);
}

let wrong = 0;
function check(name, found, least) {
    if (found < least) {
        console.log(`not ok ${name}: ${found.toFixed(1)} is less than ${least}`);
        wrong++;
    }
}

for (const [file, { apart, seen: mustBeSeen, ground }] of Object.entries(PAGES)) {
    const css = readFileSync(new URL("../" + file, import.meta.url), "utf8");
    const [light, dark] = css.split("prefers-color-scheme: dark");
    const colorsOf = text => Object.fromEntries([...text.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{3,6});/g)].map(([, name, color]) => [name, linear(color)]));
    // Later rules may name colors again; the first of a part is that of :root.
    for (const [look, colors] of [["light", colorsOf(light)], ["dark", { ...colorsOf(light), ...colorsOf(dark) }]]) {
        for (const [vision, matrix] of Object.entries(VISION)) {
            for (const group of apart) {
                group.forEach((one, i) => group.slice(i + 1).forEach(other =>
                    check(`${file}, ${look}, ${vision}: ${one} and ${other}`, distance(seen(colors[one], matrix), seen(colors[other], matrix)), LEAST_DISTANCE)));
            }
            for (let shade = 1; shade < 6; shade++) {
                const [below, here] = [seen(colors[`s${shade - 1}`], matrix), seen(colors[`s${shade}`], matrix)];
                check(`${file}, ${look}, ${vision}: shades ${shade - 1} and ${shade}`, distance(below, here), LEAST_STEP);
            }
        }
        mustBeSeen.forEach(name => check(`${file}, ${look}: ${name} on the page`, contrast(colors[name], colors[ground]), LEAST_CONTRAST));
    }
}
console.log(wrong === 0 ? "ok colors" : `${wrong} pairs of colors are too close`);
process.exit(wrong === 0 ? 0 : 1);
